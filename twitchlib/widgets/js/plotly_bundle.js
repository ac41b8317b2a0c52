// plotly.js with only the traces that the course draws: scatter (part of the core), bar and
// heatmap. A figure with another trace needs it registered here; without Node the complete
// plotly.js of the Python package is used instead and has them all.
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import heatmap from "plotly.js/lib/heatmap";

Plotly.register([bar, heatmap]);

export default Plotly;
