// Offers to save the site, where a browser can. What does it (save-offline.js) is fetched when the reader asks for it, or has a copy.

const box = document.querySelector(".save-offline");
const workers = navigator.serviceWorker;

function start() {
  const button = box.querySelector("button");
  const told = box.querySelector("[role=status]");
  const say = (name) => (told.textContent = told.dataset[name]);
  const offer = () => button.addEventListener("click", press, { once: true });

  function press() {
    say("saving");
    fetchScript(() => button.click());
  }

  function fetchScript(onload) {
    const onerror = () => {
      say("failed");
      offer();
    };
    const script = document.createElement("script");
    document.head.append(Object.assign(script, { type: "module", src: box.dataset.script, onload, onerror }));
  }

  box.hidden = false;
  if (workers.controller) fetchScript(null);
  else offer();
}

if (box && workers && window.caches) start();
