// The checker as the contributor's browser runs it: Python and the core, in a worker, from the files that `make composer` has put beside
// this one. It asks no other host for anything. docs/assets/js/composer.js starts it, and stops it if it takes too long.

import { loadPyodide } from "./pyodide.mjs";

const HERE = new URL("./", location.href);
const STORE = `knee-ease-composer:${HERE.pathname}:`;
const network = fetch;
const started = start();
started.catch((error) => postMessage({ failed: String(error) }));

addEventListener("message", async ({ data: { call, given } }) => {
  try {
    const python = await started;
    const answer = python[call](...given);
    postMessage({ answer: answer?.toJs ? take(answer) : answer });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});

async function start() {
  const { version, files, lock } = await (await network(new URL("composer.json", HERE))).json();
  const store = await openStore(version);
  const whole = Object.values(files).reduce((sum, one) => sum + one);
  let come = 0;

  /** A packed file of the folder: from the store, or from the network and then stored. */
  const unpacked = async (name) => {
    const address = new URL(`${name}.gz`, HERE).href;
    let body = await (await store?.match(address))?.arrayBuffer();
    if (!body) {
      const response = await network(address);
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      body = await response.arrayBuffer();
      await store?.put(address, new Response(body)).catch(() => {}); // a full device keeps nothing
    }
    come += files[`${name}.gz`];
    postMessage({ come: come / whole });
    return new Blob([body]).stream().pipeThrough(new DecompressionStream("gzip"));
  };
  const bytes = async (name) => new Uint8Array(await new Response(await unpacked(name)).arrayBuffer());

  // Pyodide asks for its files by address.
  self.fetch = async (address, ...rest) => {
    const name = new URL(address, HERE).href.slice(HERE.href.length);
    if (!(`${name}.gz` in files)) return network(address, ...rest);
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/zip";
    return new Response(await unpacked(name), { headers: { "Content-Type": type } });
  };
  const coming = bytes("core.bin");
  const python = await loadPyodide({
    indexURL: HERE.href,
    lockFileContents: lock,
    packageBaseUrl: HERE.href,
  });
  const core = await coming;
  const length = new DataView(core.buffer).getUint32(0, true);
  let at = 4 + length;
  for (const [name, size] of JSON.parse(new TextDecoder().decode(core.subarray(4, 4 + length)))) {
    const content = core.subarray(at, at + size);
    at += size;
    if (name === "cmark.wasm") self.cmark = await reader(content);
    else {
      python.FS.mkdirTree(`/knee/${name.slice(0, name.lastIndexOf("/"))}`);
      python.FS.writeFile(`/knee/${name}`, content);
    }
  }
  python.runPython("import sys; sys.path[:0] = ['/knee/packages', '/knee/project/hooks']; sys.dont_write_bytecode = True");
  const worker = python.pyimport("knee.composer.desk").Worker("/knee/project");
  postMessage({ ready: true });
  return worker;
}

/** The code host's reader: C that asks nothing of its surroundings, so whatever it might ask is answered with 0. */
async function reader(content) {
  const nothing = new Proxy({}, { get: () => () => 0 });
  const { instance } = await WebAssembly.instantiate(content, { wasi_snapshot_preview1: nothing });
  instance.exports._initialize();
  return instance.exports;
}

/** The store of this version; those of others are deleted. Nothing is kept where the browser refuses. */
async function openStore(version) {
  try {
    const old = (await caches.keys()).filter((name) => name.startsWith(STORE) && name !== STORE + version);
    await Promise.all(old.map((name) => caches.delete(name)));
    return await caches.open(STORE + version);
  } catch {
    return undefined;
  }
}

function take(proxy) {
  const value = proxy.toJs();
  proxy.destroy();
  return value;
}
