// The search; search-on-demand.js brings it.
import "../search.js";
