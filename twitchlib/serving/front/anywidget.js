// anywidget's package is written for AMD: it calls a global `define` with a function that makes
// its classes from those of @jupyter-widgets/base.

import { taken } from "./define.js";
import "anywidget";

delete globalThis.define;

export const anywidget = (base) => taken.make(base);

const scripts = new Map(); // text → its address, and its module
const styles = new Set();
const isText = (text) => Boolean(text) && !/^https?:/.test(text);

// By itself, anywidget would have the browser read scripts and styles again for each widget.

/** Put a widget's style on the page, once for all widgets that have the same. */
export function wear(style) {
  if (styles.has(style)) return;
  styles.add(style);
  document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
}

/** Take a widget's style and script from its state: put the style on the page, and import the script, each once. */
export function prepare(state) {
  if (isText(state._css)) {
    wear(state._css);
    state._css = "";
  }
  if (!isText(state._esm)) return;
  if (!scripts.has(state._esm)) {
    const address = URL.createObjectURL(new Blob([state._esm], { type: "text/javascript" }));
    scripts.set(state._esm, { address, here: import(address) });
  }
  const { address } = scripts.get(state._esm);
  // anywidget imports only what begins like a web address, which a blob's does not.
  state._esm = Object.assign(new String(address), { startsWith: () => true });
}

/** Wait until all views that waited only for their scripts are drawn. */
export async function drawn() {
  await Promise.allSettled([...scripts.values()].map(({ here }) => here));
  await new Promise((resolve) => { setTimeout(resolve); });
}
