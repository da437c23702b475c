// A page of words.
import "../colours.js";
import "../search-on-demand.js";
