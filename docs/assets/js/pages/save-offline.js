// What saves the site for offline; offer-offline.js brings it.
import "../save-offline.js";
