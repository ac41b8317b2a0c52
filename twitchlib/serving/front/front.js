// The front end of a lesson, started in parts, since all of it at once would block the page. Between the
// parts the browser reads and draws the text; `scheduler.yield` would continue before that.

const turn = () => new Promise((resolve) => { setTimeout(resolve); });

await import("jquery");
await turn();
await import("@jupyter-widgets/base");
await turn();
await import("@jupyter-widgets/controls");
await turn();

export const { start } = await import("./lesson.js");
