// A reader's place in a session, kept in this tab only (docs/about.md tells of it).

export const KEY = "knee-ease-session";

/** Return what the action gives; null where the browser keeps nothing. */
export function tryTo(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

/** The place that is kept of this page, as it was stored; null where there is none. Whether it is still good, the session knows. */
export function storedPlace() {
  const stored = tryTo(() => JSON.parse(sessionStorage.getItem(KEY)));
  return stored?.page === location.pathname ? stored : null;
}
