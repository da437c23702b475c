// The switch that ends saved copies: readers' browsers fetch it in place of the old worker. It deletes what this site saved, and goes.
const PREFIX = `{{ store_name }}:${new URL(registration.scope).pathname}:`;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(end()));

async function end() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map((name) => caches.delete(name)));
  await registration.unregister();
}
