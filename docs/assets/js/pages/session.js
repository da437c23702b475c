// The timed session of a technique or a routine; session-on-demand.js loads it.
import { offerSession } from "../follow-along.js";

offerSession();
