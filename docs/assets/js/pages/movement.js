// The movement of drawings; movement-on-demand.js loads it.
import { followSession, leaveSession } from "../movement-in-session.js";
import { followPage, leavePage } from "../movement-on-page.js";

window.kneeMovement = { followPage, leavePage, followSession, leaveSession };
