// A page of words.
import "../colours.js";
import "../folds.js";
import "../search-on-demand.js";
