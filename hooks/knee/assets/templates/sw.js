// The saved copy of this site: asks the network first, and answers from the copy where the network does not.
// Only the reader's own button (docs/assets/js/save-offline.js) brings this worker in. hooks/knee/assets/offline.py fills in the next line.
const saved = {{ saved | tojson }};

const files = new Map(Object.entries(saved.files));
const scope = new URL(registration.scope);
// Other projects may share this host: the name says whose store it is.
const PREFIX = `{{ store_name }}:${scope.pathname}:`;
const STORE = PREFIX + saved.build;
/** Written last: a store without it was never whole. Holds when the copy was last known to be the newest. */
const RECORD = addressOf("saved-copy.json");
/** Where a page wants the day on which it was saved (overrides/partials/knee/copy-line.html). */
const DAY_PLACE = '<span class="saved-copy__day"></span>';
const DAY = 24 * 60 * 60 * 1000;

/** Where each open page came from: "store", "this build" or "another build". Kept in the store as well: browsers put a worker to sleep. */
const origins = new Map();
const ORIGIN = addressOf("from/");
/** Parts with words about safety, or that lead to them: they show no line, so they never stand in for those of another build. */
const WORDS = /(?:session|search)\.js$/;

addEventListener("install", (event) => event.waitUntil(save().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(deleteOtherStores().then(() => clients.claim())));
addEventListener("message", (event) => {
  if (event.data !== "save") return;
  const report = (done) => event.ports[0].postMessage(done);
  event.waitUntil(save().then(() => report(true), () => report(false)));
});
addEventListener("fetch", (event) => {
  const name = nameOf(event.request.url);
  if (event.request.method === "GET" && (files.has(name) || files.has(`${name}/`))) event.respondWith(answer(event, name));
});

// Saving: everything or nothing

/** Fetch and prove every file before the first is kept. */
async function save() {
  const fetched = await within(saved.limit, async (signal) => {
    // One first: where the host has another build, or none of it can be had, the rest is not asked for.
    const first = await proven("", signal);
    const rest = [...files.keys()].filter((name) => name);
    return [first, ...(await Promise.all(rest.map((name) => proven(name, signal))))];
  });
  const store = await caches.open(STORE);
  try {
    await Promise.all(fetched.map(([name, response]) => store.put(addressOf(name), response)));
    await note(store);
  } catch (full) {
    if (!(await store.match(RECORD))) await caches.delete(STORE);
    throw full;
  }
}

/** Returns a file that is exactly the one of this build: not a sign-in page of some network, not half of it, not another build's.
 *  The browser's own cache has no part in it, and keeps none of it when the reader takes the copy away. */
async function proven(name, signal) {
  const response = await fetch(addressOf(name), { cache: "no-store", redirect: "error", signal });
  const body = await response.arrayBuffer();
  if (!response.ok || (await digestOf(body)) !== files.get(name)) throw new Error(`not the file of this build: ${name}`);
  return [name, new Response(body, { headers: { "Content-Type": response.headers.get("Content-Type") ?? "" } })];
}

function note(store) {
  return store.put(RECORD, new Response(JSON.stringify({ at: Date.now(), pages: saved.pages, size: saved.size })));
}

async function deleteOtherStores() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== STORE).map((name) => caches.delete(name)));
}

// Answering: pages from the network first; a page's parts from where the page is from

async function answer(event, name) {
  const store = await wholeStore();
  if (!store) return fetch(event.request);
  return event.request.mode === "navigate" ? pageFor(event, name, store) : partFor(event, name, store);
}

async function pageFor(event, name, store) {
  const live = await fromNetwork(event.request).catch(() => null);
  // Whatever a server says stands, also "not here" and "go elsewhere"; only a server in trouble counts as none.
  if (!live || live.response.status >= 500) {
    noteOrigin(event, store, "store");
    return fromStore(store, name, event.request);
  }
  const isThisBuild = live.body && (await digestOf(live.body)) === files.get(name);
  noteOrigin(event, store, isThisBuild ? "this build" : "another build");
  // A page of another build means that there is a newer worker. Browsers look for it by themselves when a page has come; asked for while
  // the page still gets its parts, it can be left waiting: Chromium wakes this worker for a part just as the newer one takes over.
  if (isThisBuild) event.waitUntil(keepUp(store).catch(() => {}));
  return live.response;
}

/** A page of this build gets this build's styles, scripts and pictures, a page of another build never does. */
async function partFor(event, name, store) {
  const origin = origins.get(event.clientId) ?? (await (await store.match(ORIGIN + event.clientId))?.text());
  if (origin === "store" || (origin === "this build" && !isHtml(name))) return fromStore(store, name);
  // Words that a page fetches ("My sheets") show no line: on a page from the network they come from there.
  if (origin || isHtml(name)) return fetch(event.request, { cache: "no-cache" });
  const live = await fromNetwork(event.request).catch(() => null);
  if (live && live.response.status < 500) return live.response;
  return WORDS.test(name) ? Response.error() : fromStore(store, name);
}

function noteOrigin(event, store, origin) {
  origins.set(event.resultingClientId, origin);
  event.waitUntil(keepOrigin(store, event.resultingClientId, origin).catch(() => {}));
}

/** Keep where a page came from, and forget it of pages that are closed. */
async function keepOrigin(store, id, origin) {
  const open = new Set([id, ...(await clients.matchAll()).map((client) => client.id)]);
  for (const { url } of await store.keys()) {
    if (url.startsWith(ORIGIN) && !open.has(url.slice(ORIGIN.length))) await store.delete(url);
  }
  await store.put(ORIGIN + id, new Response(origin));
}

/** Give the network's whole answer and its bytes. It has `patience` to begin, and twice that to end. */
async function fromNetwork(request) {
  return within(saved.patience, async (signal, allow) => {
    // What the browser kept by itself may be old: it has to ask.
    const begun = await fetch(request, { cache: "no-cache", signal });
    if (begun.type === "opaqueredirect") return { response: begun };
    allow(2 * saved.patience);
    const body = await begun.arrayBuffer();
    return { body, response: new Response(body.byteLength ? body : null, begun) };
  });
}

/** Once a day, see whether this build is still the newest: then the copy is as good as new. Browsers look for a newer one by themselves. */
async function keepUp(store) {
  const { at } = await (await store.match(RECORD)).json();
  if (at <= Date.now() && Date.now() - at < DAY) return; // a clock may have been ahead
  const newest = await fetch(location.href, { cache: "no-cache" });
  if (newest.ok && (await newest.text()).includes(`"${saved.build}"`)) await note(store);
}

async function fromStore(store, name, request) {
  if (!files.has(name)) return Response.redirect(addressOf(`${name}/`) + new URL(request.url).search);
  const kept = await store.match(addressOf(name));
  if (!isHtml(name)) return kept;
  const { at } = await (await store.match(RECORD)).json();
  return new Response(withLine(await kept.text(), at), { headers: kept.headers });
}

/** Show the line that says how old the copy is; its words stand hidden in every page (overrides/partials/knee/copy-line.html). */
function withLine(html, at) {
  const isOld = Math.abs(Date.now() - at) > saved.old_after_days * DAY; // from the future: a clock was ahead, and nobody knows
  const day = new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const time = `<time datetime="${new Date(at).toISOString()}">${day}</time>`;
  const shown = html.replace('class="saved-copy" hidden', 'class="saved-copy"').replace(DAY_PLACE, time);
  return isOld ? shown.replace("<b hidden>", "<b>") : shown;
}

// Names, addresses, digests, time

function addressOf(name) {
  return new URL(`./${name}`, scope).href;
}

/** Give the name under which the list has an address, whatever its query is; none outside this site. */
function nameOf(address) {
  const { origin, pathname } = new URL(address);
  if (origin !== scope.origin || !pathname.startsWith(scope.pathname)) return null;
  return pathname.slice(scope.pathname.length).replace(/(^|\/)index\.html$/, "$1");
}

const isHtml = (name) => name === "" || name.endsWith("/") || name.endsWith(".html");

/** Give the store, if it is whole; a store that the browser cannot read is none. */
async function wholeStore() {
  try {
    if (!(await caches.has(STORE))) return null;
    const store = await caches.open(STORE);
    return (await store.match(RECORD)) ? store : null;
  } catch {
    return null;
  }
}

async function digestOf(body) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return [...digest.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Call an action with a signal that ends it after some milliseconds, and with a way to give it more. */
async function within(milliseconds, action) {
  const controller = new AbortController();
  let timer;
  const allow = (time) => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), time);
  };
  allow(milliseconds);
  try {
    return await action(controller.signal, allow);
  } finally {
    clearTimeout(timer);
  }
}
