// The page on which a technique is written.
import "../colours.js";
import "../folds.js";
import "../search-on-demand.js";
import "../composer.js";
