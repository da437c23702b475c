// A page that is also a sheet to print.
import "../colours.js";
import "../folds.js";
import "../search-on-demand.js";
import "../print-page.js";
