// The front end of a lesson, begun in parts, since all of it at once keeps a page from answering.

import { pause } from "../../widgets/js/plotly_pause.js";

await import("jquery");
await pause();
await import("@jupyter-widgets/base");
await pause();
await import("@jupyter-widgets/controls");
await pause();

export const { start } = await import("./lesson.js");
