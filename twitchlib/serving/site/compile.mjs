// Compiles Python sources to bytecode of the Python that runs in the browser.
//
//     node compile.mjs <folder of pyodide> <folder of sources>
//
// Each source is replaced by its bytecode, in the same folder. Docstrings are left out, except in a module whose
// docstrings numpy's machine code needs.

import { pathToFileURL } from "node:url";

const [pyodideFolder, sources] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideFolder}/pyodide.mjs`).href);
// Without columns, which only a traceback shows, code is a fifth smaller.
const python = await loadPyodide({ indexURL: pyodideFolder, env: { HOME: "/", PYTHONNODEBUGRANGES: "1" } });
python.FS.mkdirTree("/sources");
python.FS.mount(python.FS.filesystems.NODEFS, { root: sources }, "/sources");
python.runPython(`
from importlib._bootstrap_external import _code_to_timestamp_pyc
from pathlib import Path

for source in [*Path("/sources").rglob("*.py")]:
    name = str(source.relative_to("/sources"))
    level = 1 if name == "numpy/_core/multiarray.py" else 2
    code = compile(source.read_bytes(), name, "exec", dont_inherit=True, optimize=level)
    source.with_suffix(".pyc").write_bytes(_code_to_timestamp_pyc(code))
    source.unlink()
`);
