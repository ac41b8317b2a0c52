// anywidget's package is written for AMD: it calls a global `define` with a function that makes
// its classes from those of @jupyter-widgets/base.

import { taken } from "./define.js";
import "anywidget";

delete globalThis.define;

export const anywidget = (base) => taken.make(base);

const addresses = new Map();

/**
 * Return a widget's script as something that anywidget imports from one address for all widgets with
 * the same script; given the text, it would have the browser read it again for each.
 */
export function sharedScript(text) {
  if (/^https?:/.test(text)) return text;
  if (!addresses.has(text)) {
    addresses.set(text, URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  }
  // It imports whatever begins like an address of the web, which a blob's does not.
  return Object.assign(new String(addresses.get(text)), { startsWith: () => true });
}
