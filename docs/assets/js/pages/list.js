// The list of techniques, with its filter.
import "../colours.js";
import "../search-on-demand.js";
import "../technique-filter.js";
