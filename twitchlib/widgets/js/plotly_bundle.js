// plotly.js, started in three parts, since all of it at once keeps a page from responding.
import { pause } from "./plotly_pause.js";

await import("plotly.js/src/lib");
await pause();
await import("plotly.js/src/plot_api");
await pause();
const { default: Plotly } = await import("./plotly_course.js");

export default Plotly;
