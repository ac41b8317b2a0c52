// The kernel of a lesson that has no server: Python in a worker of the page.
//
// Messages from the page: { kind: "begin", cells, states, language }, once, then { kind: "comm", turn, type, name, message,
// buffers }. To it: { kind: "hold", lock }, while which lock is held the worker lives; { kind: "alive", shown }
// with the names of the widgets that outputs show; { kind: "comm", … }; { kind: "done", turn }; and
// { kind: "died", why }.

import { loadPyodide } from "./pyodide.mjs";

const here = new URL(".", import.meta.url).href;
const COURSE = "/course";

async function fetched(name) {
  const answer = await fetch(here + name);
  if (!answer.ok) throw new Error(`${answer.status}: ${name}`);
  return answer;
}

async function unzipped(name) {
  const { body } = await fetched(name);
  return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

// What `twitchlib.serving.site.archive` packed.
function unpack(files, packed) {
  const length = new DataView(packed.buffer).getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + length)));
  const folders = new Set();
  let from = 4 + length;
  for (const [name, size] of index) {
    const path = `${COURSE}/${name}`;
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (!folders.has(folder)) files.mkdirTree(folder);
    folders.add(folder);
    files.writeFile(path, packed.subarray(from, from + size), { canOwn: true });
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

async function startPython(language) {
  const course = unzipped("course.bin");
  const python = await loadPyodide({
    indexURL: here,
    lockFileURL: `${here}pyodide-lock.json`,
    env: { HOME: "/home/pyodide", JUPYTER_WIDGETS_ECHO: "0", PYTHONHASHSEED: "0", TWITCHLIB_LANGUAGE: language },
    jsglobals: Object.create(null), // Python has no way to the page, nor to the network
  });
  unpack(python.FS, await course);
  return python;
}

const waiting = [];
let python = null;
let lesson = null;

function died(error) {
  lesson = null;
  postMessage({ kind: "died", why: String(error?.message ?? error) });
}

async function begin({ cells, states, language }) {
  python = await startPython(language);
  python.runPython(`import sys; sys.path.insert(0, "${COURSE}")`);
  const worker = python.pyimport("twitchlib.snapshot.worker");
  const shown = JSON.parse(worker.begin(JSON.stringify(cells), states, post));
  if (!Array.isArray(shown)) throw new Error(shown);
  lesson = worker;
  postMessage({ kind: "alive", shown });
  for (const message of waiting.splice(0)) hear(message);
}

function hear({ turn, type, name, message, buffers }) {
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
hold();
