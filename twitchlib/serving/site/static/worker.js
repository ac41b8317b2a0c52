// The kernel of a lesson that has no server: Python in a worker of the page.
//
// Messages from the page: { kind: "begin", cells, states }, once, then { kind: "comm", turn, type, name, message,
// buffers }, and { kind: "run", source } with what a reader wrote. To it: { kind: "hold", lock }, while which lock
// is held the worker lives; { kind: "alive", shown } with the names of the widgets that outputs show;
// { kind: "comm", … }; { kind: "done", turn }; { kind: "ran", outputs, problem }; and { kind: "died", why }.

import xz from "./xz.mjs";

const here = new URL(".", import.meta.url).href;
const COURSE = "/course";
const fetchFile = globalThis.fetch;

// What a file holds, read bit by bit while it arrives.
async function unpacked(name) {
  const answer = await fetchFile(here + name);
  if (!answer.ok) throw new Error(`${answer.status}: ${name}`);
  // It goes on arriving while nobody reads it: without room for all of it, it would stop.
  const arriving = answer.body.pipeThrough(new TransformStream({}, {}, { highWaterMark: Infinity }));
  return new xz.XzReadableStream(arriving).getReader();
}

// Returns what reads the next bytes: all of them, or so many.
function taker(reader) {
  let left = new Uint8Array();
  return async function take(size) {
    const taken = new Uint8Array(size);
    let to = 0;
    while (to < size) {
      if (!left.length) {
        const { done, value } = await reader.read();
        if (done) throw new Error("Python is not complete");
        left = value;
      }
      const next = left.subarray(0, size - to);
      taken.set(next, to);
      to += next.length;
      left = left.subarray(next.length);
    }
    return taken;
  };
}

// All that is needed is asked for at once.
const packedPython = unpacked("python.bin");
const scripts = Promise.all([import("./pyodide.mjs"), import("./pyodide.asm.js")]);
for (const part of [packedPython, scripts]) part.catch(() => {}); // told when it is used

const lengthOf = (bytes) => new DataView(bytes.buffer).getUint32(0, true);
const listOf = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

// What `twitchlib.serving.site.archive` joined: a length in four bytes, a list in JSON of that length, and contents.
function unpack(files, packed) {
  const end = 4 + lengthOf(packed);
  const index = listOf(packed.subarray(4, end));
  const contents = packed.subarray(end);
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
  const reader = await packedPython;
  const take = taker(reader);
  const { sizes, ...about } = listOf(await take(lengthOf(await take(4))));
  const compiled = WebAssembly.compile(await take(sizes.interpreter));
  const snapshot = await take(sizes.memory);
  const tables = await take(sizes.tables);
  while (!(await reader.read()).done); // a damaged file is told by its sum, at the end
  return { ...about, compiled, snapshot, tables };
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

const STILL_MS = 300;
const waiting = [];
let ahead = 0;
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
  workAhead(STILL_MS);
}

// What a first change would wait for is worked out while the reader is still: one thing at a time, so that
// a message waits for one at most.
function workAhead(wait) {
  clearTimeout(ahead);
  ahead = setTimeout(() => {
    try {
      if (lesson?.ahead()) workAhead(0);
    } catch (error) {
      died(error);
    }
  }, wait);
}

function run({ source }) {
  postMessage({ kind: "ran", ...JSON.parse(lesson.run(source)) });
}

function hear(asked) {
  if (asked.kind === "run") run(asked);
  else pass(asked);
  workAhead(STILL_MS);
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
