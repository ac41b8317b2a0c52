// The front end of a lesson, begun in parts, since all of it at once keeps a page from answering.

import { breath } from "./breath.js";

await import("jquery");
await breath();
await import("@jupyter-widgets/base");
await breath();
await import("@jupyter-widgets/controls");
await breath();

export const { start } = await import("./lesson.js");
