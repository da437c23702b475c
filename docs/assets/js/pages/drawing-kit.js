// The drawing kit: a page of words with a picture that moves.
import "../colours.js";
import "../folds.js";
import "../search-on-demand.js";
import "../movement-on-demand.js";
