// plotly.js with only the traces that the course draws: scatter (part of the core), bar and
// heatmap. Any other trace that a figure uses has to be registered here; without Node the complete
// plotly.js of the Python package is used instead and has them all.
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import heatmap from "plotly.js/lib/heatmap";
import scatter from "plotly.js/lib/scatter";
import subroutines from "plotly.js/src/plot_api/subroutines";
import axes from "plotly.js/src/plots/cartesian/axes";
import plots from "plotly.js/src/plots/plots";

import { drawInSlices } from "./plotly_slices.js";

Plotly.register([bar, heatmap]);

const TESTED = "4.1.1"; // the version of plotly.js whose private functions this calls

// Only after drawing the labels does plotly.js know how wide the margins must be. It then draws the whole
// figure a second time (https://github.com/plotly/plotly.js/issues/2704). Here margins are settled between
// the axes and the traces, so that only the axes are drawn again.
const MOST_ROUNDS = 3;
const { drawData } = subroutines;

function settleMargins(gd) {
  const layout = gd._fullLayout;
  for (let round = 0; layout._replotting && round < MOST_ROUNDS; round += 1) {
    const before = { ...layout._size };
    plots.doAutoMargin(gd);
    if (!plots.didMarginChange(before, layout._size)) break;
    subroutines.drawMarginPushers(gd);
    subroutines.doAutoRangeAndConstraints(gd);
    subroutines.layoutStyles(gd);
    axes.draw(gd, "redraw");
  }
}

// plotly.js makes an element for each piece of a line with gaps, and a raster of discharges has a
// thousand pieces. Here it draws only the first point, which makes one element in the right style, and that
// element is then given the whole line. Hovering still finds every point.
const { plot } = scatter;

const isGap = ({ x, y }) => x === undefined || y === undefined;

function isBroken(points, { xaxis, yaxis }) {
  const { visible, mode, line, fill, connectgaps } = points[0].trace;
  if (visible !== true || mode !== "lines" || fill !== "none" || connectgaps) return false;
  const straight = line.shape === "linear" && line.backoff === "auto";
  const linear = xaxis.type === "linear" && yaxis.type === "linear";
  return straight && linear && !isGap(points[0]) && points.some(isGap);
}

function path(points, { xaxis, yaxis }) {
  let pen = "M";
  let drawn = "";
  for (const point of points) {
    if (isGap(point)) {
      pen = "M";
    } else {
      drawn += `${pen}${xaxis.c2p(point.x)},${yaxis.c2p(point.y)}`;
      pen = "L";
    }
  }
  return drawn;
}

function plotWhole(gd, info, traces, ...others) {
  const broken = traces.filter((points) => isBroken(points, info));
  plot(gd, info, traces.map((points) => (broken.includes(points) ? [points[0]] : points)), ...others);
  for (const points of broken) {
    const { node3, nodeRangePlot3 } = points[0];
    (info.isRangePlot ? nodeRangePlot3 : node3).select(".js-line").attr("d", path(points, info));
  }
}

if (Plotly.version === TESTED) {
  scatter.plot = plotWhole;
  subroutines.drawData = (gd) => {
    settleMargins(gd);
    return drawData(gd);
  };
  drawInSlices([settleMargins, drawData]);
}

export default Plotly;
