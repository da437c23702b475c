// The first page.
import "../colours.js";
import "../search-on-demand.js";
import "../offer-offline.js";
