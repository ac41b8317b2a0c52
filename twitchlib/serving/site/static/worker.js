// The kernel of a lesson that has no server: Python in a worker of the page.
//
// Messages from the page: { kind: "begin", cells, states }, once, then { kind: "comm", turn, type, name, message,
// buffers }, and { kind: "run", source } with what a reader wrote. To it: { kind: "hold", lock }, while which lock
// is held the worker lives; { kind: "alive", shown } with the names of the widgets that outputs show;
// { kind: "comm", … }; { kind: "done", turn }; { kind: "ran", outputs, problem }; and { kind: "died", why }.

import { unpacker } from "./lzma.mjs";

const here = new URL(".", import.meta.url).href;
const COURSE = "/course";
const fetchFile = globalThis.fetch;

async function whole(name) {
  const answer = await fetchFile(here + name);
  if (!answer.ok) throw new Error(`${answer.status}: ${name}`);
  return new Uint8Array(await answer.arrayBuffer());
}

// All that is needed is asked for at once.
const packedPython = whole("python.bin");
const scripts = Promise.all([import("./pyodide.mjs"), import("./pyodide.asm.js")]);
for (const part of [packedPython, scripts]) part.catch(() => {}); // told when it is used

// A length in four bytes, a list in JSON of that length, and what it is about.
function opened(packed) {
  const end = 4 + new DataView(packed.buffer).getUint32(0, true);
  return [JSON.parse(new TextDecoder().decode(packed.subarray(4, end))), packed.subarray(end)];
}

// What `twitchlib.serving.site.archive` packed.
function unpack(files, packed) {
  const [index, contents] = opened(packed);
  const folders = new Set();
  let from = 0;
  for (const [name, size] of index) {
    const path = `${COURSE}/${name}`;
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (!folders.has(folder)) files.mkdirTree(folder);
    folders.add(folder);
    files.writeFile(path, contents.subarray(from, from + size), { canOwn: true });
    from += size;
  }
}

// The page notices the end of a worker, even a sudden one, by getting the lock that it held.
function hold() {
  if (!navigator.locks) return; // only pages by https, or of this computer, have them
  const lock = `twitchlib-${Math.random().toString(36).slice(2)}`;
  navigator.locks.request(lock, () => {
    postMessage({ kind: "hold", lock });
    return new Promise(() => {});
  });
}

function post(type, name, message, buffers) {
  const sent = buffers.toJs();
  buffers.destroy();
  postMessage({ kind: "comm", type, name, message, buffers: sent }, sent.map(({ buffer }) => buffer));
}

// Modules that are rarely needed. Python cannot wait for them, so neither does this.
function more(name) {
  const request = new XMLHttpRequest();
  request.open("GET", here + name, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${request.status}: ${name}`);
  return new Uint8Array(request.response);
}

// What twitchlib.serving.site.frozen packed. The interpreter comes first, and is compiled while its memory is unpacked.
async function openedPython() {
  const [{ sizes, ...about }, packed] = opened(await packedPython);
  const remembered = sizes.interpreter + sizes.memory;
  const end = remembered + sizes.tables;
  const unpack = unpacker(packed, end);
  const compiled = WebAssembly.compile(unpack(sizes.interpreter).slice(0, sizes.interpreter));
  const all = unpack(end);
  return { ...about, compiled, snapshot: all.slice(sizes.interpreter, remembered), tables: all.slice(remembered) };
}

// Python goes on from the memory that freeze.mjs kept. Of numpy's libraries that memory has the contents but not
// the functions. So they are loaded again, in the same order and to the same places; Pyodide then restores the
// memory over what they have begun with.
async function startPython() {
  const [{ loadPyodide }] = await scripts;
  const { libraries, functions, compiled, snapshot, tables } = await openedPython();
  // Pyodide would fetch its interpreter itself.
  globalThis.fetch = async (address, ...how) => (
    String(address).endsWith("/pyodide.asm.wasm") ? new Response() : fetchFile(address, ...how)
  );
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiled;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  const create = globalThis._createPyodideModule;
  globalThis._createPyodideModule = async (settings) => {
    const module = await create(settings);
    module.HEAPU8.set(snapshot.subarray(snapshot.length - module.HEAPU8.length));
    for (const library of libraries) await module.dlopenInternal(library, { loadAsync: true });
    if (module.wasmTable.length !== functions) throw new Error("Python's libraries are not where they were");
    unpack(module.FS, tables);
    return module;
  };
  return loadPyodide({
    indexURL: here,
    lockFileURL: `${here}pyodide-lock.json`,
    stdLibURL: "data:,", // it is in the memory, and in more.bin
    jsglobals: Object.create(null), // Python has no way to the page, nor to the network
    _loadSnapshot: snapshot,
  });
}

const waiting = [];
let python = null;
let lesson = null;

function died(error) {
  lesson = null;
  postMessage({ kind: "died", why: String(error?.message ?? error) });
}

async function begin({ cells, states }) {
  hold();
  python = await startPython();
  const worker = python.pyimport("twitchlib.snapshot.worker");
  const shown = JSON.parse(worker.begin(JSON.stringify(cells), states, post, more));
  if (!Array.isArray(shown)) throw new Error(shown);
  lesson = worker;
  postMessage({ kind: "alive", shown });
  for (const message of waiting.splice(0)) hear(message);
}

function run({ source }) {
  postMessage({ kind: "ran", ...JSON.parse(lesson.run(source)) });
}

function hear(asked) {
  if (asked.kind === "run") run(asked);
  else pass(asked);
}

function pass({ turn, type, name, message, buffers }) {
  const given = python.toPy(buffers);
  try {
    lesson.hear(type, name, message, given);
  } finally {
    given.destroy();
  }
  postMessage({ kind: "done", turn });
}

addEventListener("message", async ({ data }) => {
  try {
    if (data.kind === "begin") await begin(data);
    else if (lesson) hear(data);
    else waiting.push(data);
  } catch (error) {
    // What a widget's own code raises is logged and does not matter; this is the end of Python.
    died(error);
  }
});
