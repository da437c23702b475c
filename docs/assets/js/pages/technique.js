// A technique or a routine: to print, and to follow along.
import "../colours.js";
import "../folds.js";
import "../search-on-demand.js";
import "../movement-on-demand.js";
import "../print-page.js";
import "../session-on-demand.js";
