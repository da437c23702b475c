// The first page.
import "../colours.js";
import "../search-on-demand.js";
import "../save-offline.js";
