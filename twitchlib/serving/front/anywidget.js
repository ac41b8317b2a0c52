// anywidget's package is written for AMD: it calls a global `define` with a function that makes
// its classes from those of @jupyter-widgets/base.

import { taken } from "./define.js";
import "anywidget";

delete globalThis.define;

export const anywidget = (base) => taken.make(base);
