// The kernel of a lesson without a server: Python in a worker of the page.
//
// Messages from the page: { kind: "begin", cells, states }, once, then { kind: "comm", turn, type, name, message,
// buffers }, and { kind: "run", source } with what a reader wrote. Messages to the page: { kind: "hold", lock } with
// the name of a lock that is held as long as the worker lives; { kind: "alive", shown } with the names of the widgets
// that outputs show; { kind: "comm", … }; { kind: "done", turn }; { kind: "ran", outputs, problem }; and
// { kind: "died", why }.

import xz from "./xz.mjs";

const here = new URL(".", import.meta.url).href;
const COURSE = "/course";
const fetchFile = globalThis.fetch;

// Returns a reader of what is packed in a file, which unpacks it while it arrives.
async function unpacked(name) {
  const answer = await fetchFile(here + name);
  if (!answer.ok) throw new Error(`${answer.status}: ${name}`);
  // Without a buffer for all of the file, it would stop arriving whenever nothing reads it.
  const arriving = answer.body.pipeThrough(new TransformStream({}, {}, { highWaterMark: Infinity }));
  return new xz.XzReadableStream(arriving).getReader();
}

// Returns a function that reads the next `size` bytes.
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

// Everything that is needed is requested at once.
const packedPython = unpacked("python.bin");
const scripts = Promise.all([import("./pyodide.mjs"), import("./pyodide.asm.js")]);
for (const part of [packedPython, scripts]) part.catch(() => {}); // reported when it is used

const lengthOf = (bytes) => new DataView(bytes.buffer).getUint32(0, true);
const listOf = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

// Unpacks what `twitchlib.serving.site.archive` joined: a four-byte length, a JSON list of that length, and contents.
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

// The page notices the end of a worker, even a sudden one, when it gets the lock that the worker held.
function hold() {
  if (!navigator.locks) return; // only pages by https, or from this computer, have them
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

// Fetches modules that are rarely needed; synchronously, since Python cannot await them.
function more(name) {
  const request = new XMLHttpRequest();
  request.open("GET", here + name, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${request.status}: ${name}`);
  return new Uint8Array(request.response);
}

// Reads what twitchlib.serving.site.frozen packed. The interpreter comes first, and is compiled while its memory is
// unpacked.
async function openedPython() {
  const reader = await packedPython;
  const take = taker(reader);
  const { sizes, ...about } = listOf(await take(lengthOf(await take(4))));
  const compiled = WebAssembly.compile(await take(sizes.interpreter));
  const snapshot = await take(sizes.memory);
  const tables = await take(sizes.tables);
  while (!(await reader.read()).done); // the checksum at the end reveals a damaged file
  return { ...about, compiled, snapshot, tables };
}

// Python continues from the memory that freeze.mjs saved. That memory has the data of numpy's libraries but not their
// functions. So these libraries are loaded again, in the same order and to the same places; Pyodide then restores the
// saved memory over their initial data.
async function startPython() {
  const [{ loadPyodide }] = await scripts;
  const { libraries, functions, compiled, snapshot, tables } = await openedPython();
  // Otherwise Pyodide would fetch its interpreter itself.
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

// Does the work that a first change would wait for, while the reader is idle: one piece at a time, so that
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

function hear(message) {
  if (message.kind === "run") run(message);
  else pass(message);
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
    // Errors in a widget's own code are logged and do no harm; an error here is the end of Python.
    died(error);
  }
});
