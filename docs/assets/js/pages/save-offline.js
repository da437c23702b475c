// What saves the site for offline; offer-offline.js loads it.
import "../save-offline.js";
