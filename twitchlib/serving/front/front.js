// The front end of a lesson, begun in parts, since all of it at once keeps a page from answering. Between
// them the text is read and drawn, before which `scheduler.yield` would go on.

const turn = () => new Promise((resolve) => { setTimeout(resolve); });

await import("jquery");
await turn();
await import("@jupyter-widgets/base");
await turn();
await import("@jupyter-widgets/controls");
await turn();

export const { start } = await import("./lesson.js");
