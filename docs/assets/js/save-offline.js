// Save for offline, on the first page: brings the worker in (hooks/knee/assets/templates/sw.js) and takes it away again, only when asked.
// Where a browser can do this, the page's own script fetches it.

import { AFTER_FOCUS, announce, tell } from "./announcer.js";

/** Milliseconds: longer than the worker itself takes before it gives up. */
const LIMIT = 100 * 1000;

const workers = navigator.serviceWorker;
start(document.querySelector(".save-offline"));

function start(box) {
  const address = new URL(box.dataset.worker, location.href);
  const scope = new URL("./", address);
  const find = (selector) => box.querySelector(selector);
  const [offer, told, saving, removing] = ["[data-offer]", "[data-told]", "[data-do=save]", "[data-do=remove]"].map(find);
  const first = saving.textContent;

  /** What the worker writes last: without it nothing is saved. */
  const record = async () => {
    const kept = await caches.match(new URL("saved-copy.json", scope)).catch(() => undefined); // a browser may refuse its stores
    return kept?.json();
  };

  const show = async (...names) => {
    const saved = await record();
    const day = new Date(saved?.at ?? 0).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    const words = names.map((name) => told.dataset[name]).join(" ");
    told.textContent = words.replace(/\{(\w+)\}/g, (_, key) => ({ ...saved, day })[key]);
    saving.textContent = saved ? saving.dataset.again : first;
    offer.hidden = Boolean(saved);
    removing.hidden = !saved;
  };

  const report = async (...names) => {
    await show(...names);
    announce(told.textContent);
  };

  const save = async () => {
    const registration = await workers.register(address);
    if (!registration.installing && registration.active) await registration.update();
    const coming = registration.installing ?? registration.waiting;
    await (coming ? installed(coming) : savedAnew(registration.active));
  };

  const remove = async () => {
    const registration = await workers.getRegistration(scope);
    if (registration?.scope === scope.href) await registration.unregister();
    const names = (await caches.keys()).filter((name) => name.startsWith(`${box.dataset.store}:${scope.pathname}:`));
    await Promise.all(names.map((name) => caches.delete(name)));
  };

  const actions = {
    async save() {
      tell(told, told.dataset.saving);
      try {
        await Promise.race([save(), tooLong()]);
        await report("saved");
      } catch {
        const kept = await record();
        if (!kept) remove().catch(() => {}); // a worker without a copy is of no use, and the reader could not take it away
        await report("failed", ...(kept ? ["kept"] : []));
      }
    },
    async remove() {
      await remove();
      await show("removed");
      saving.focus();
      announce(told.textContent, AFTER_FOCUS);
    },
  };

  let busy = false;
  for (const button of [saving, removing]) {
    button.addEventListener("click", async () => {
      if (busy) return;
      busy = true;
      await actions[button.dataset.do]().finally(() => {
        busy = false;
      });
    });
  }
  box.dataset.ready = "";
  record().then((saved) => saved && show("saved"));
}

/** A worker that is new saves everything before it counts as installed. */
function installed(worker) {
  return new Promise((resolve, reject) => {
    const look = () => ({ activated: resolve, redundant: reject })[worker.state]?.();
    worker.addEventListener("statechange", look);
    look();
  });
}

/** The same worker as before saves again. */
function savedAnew(worker) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data ? resolve() : reject());
    worker.postMessage("save", [port2]);
  });
}

function tooLong() {
  return new Promise((_, reject) => setTimeout(reject, LIMIT));
}
