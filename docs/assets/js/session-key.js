// The name under which a browser keeps a reader's place in a session (docs/about.md tells of it).

export const KEY = "knee-ease-session";
