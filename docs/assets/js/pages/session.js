// The timed session of a technique or a routine; session-on-demand.js brings it.
import "../follow-along.js";
