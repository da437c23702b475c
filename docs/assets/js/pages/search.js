// The search; search-on-demand.js loads it.
import "../search.js";
