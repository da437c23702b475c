// My sheets: one print job out of several.
import "../colours.js";
import "../search-on-demand.js";
import "../my-sheets.js";
