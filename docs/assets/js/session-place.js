// Keeps a reader's place in a session, and forgets it.

import { KEY, tryTo } from "./session-storage.js";

export function storePlace(place) {
  tryTo(() => sessionStorage.setItem(KEY, JSON.stringify({ page: location.pathname, ...place })));
}

export function forgetPlace() {
  tryTo(() => sessionStorage.removeItem(KEY));
}
