// Starts Python, has it import what lessons import, and saves its memory, from which a browser continues.
//
//     node freeze.mjs <folder of pyodide> <folder of modules> <job>
//
// The job is a JSON object: the `modules` to import, the `language` of the course, and the files to write, which are
// `memory` and `about`. The latter is a JSON object, too: the `libraries` to load again, how many `functions` there are
// then, and the files that are `loaded` into the memory and not needed again.

import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";

const COURSE = "/course";
const LARGEST = 2 ** 20;
const SMALLEST = 32;

const [pyodideFolder, modulesFolder, job] = process.argv.slice(2);
const { modules, language, memory, about } = JSON.parse(job);
const { loadPyodide } = await import(pathToFileURL(`${pyodideFolder}/pyodide.mjs`).href);
const python = await loadPyodide({
  indexURL: pyodideFolder,
  env: {
    HOME: "/home/pyodide",
    JUPYTER_WIDGETS_ECHO: "0",
    PYTHONHASHSEED: "0",
    PYTHONNODEBUGRANGES: "1", // no columns, which only a traceback shows
    TWITCHLIB_LANGUAGE: language,
    TWITCHLIB_SITE: "1",
  },
  jsglobals: Object.create(null), // Python has no way to the page, nor to the network
  _makeSnapshot: true,
});

for (const name of readdirSync(modulesFolder, { recursive: true })) {
  const file = join(modulesFolder, name);
  const place = `${COURSE}/${relative(modulesFolder, file).replaceAll("\\", "/")}`;
  if (statSync(file).isDirectory()) python.FS.mkdirTree(place);
  else {
    python.FS.mkdirTree(place.slice(0, place.lastIndexOf("/")));
    python.FS.writeFile(place, readFileSync(file));
  }
}
const begin = python.runPython(`
import sys
sys.path.insert(0, "${COURSE}")
from twitchlib.snapshot.frozen import begin
begin`);
const loaded = JSON.parse(begin(JSON.stringify(modules), COURSE));
begin.destroy();

// Zeroes the memory that Python has freed, so that it takes no space in the file.
function emptyFreed({ HEAPU8, LDSO }) {
  const { malloc, free, sbrk } = LDSO.loadedLibsByHandle[0].exports;
  const end = sbrk(0);
  const held = [];
  for (let size = LARGEST; size >= SMALLEST; size /= 2) {
    for (;;) {
      const place = malloc(size);
      if (place + size > end) {
        free(place);
        break;
      }
      HEAPU8.fill(0, place, place + size);
      held.push(place);
    }
  }
  held.forEach(free);
}

const { _module: module } = python;
const libraries = Object.keys(module.LDSO.loadedLibsByHandle).map(Number).filter(Boolean);
// Emscripten stores here where a library's functions begin in the table of functions.
const tableBase = (handle) => module.HEAPU32[(handle + 20) / 4];
libraries.sort((one, other) => tableBase(one) - tableBase(other));
emptyFreed(module);
writeFileSync(memory, python.makeMemorySnapshot());
writeFileSync(about, JSON.stringify({ libraries, functions: module.wasmTable.length, loaded }));
