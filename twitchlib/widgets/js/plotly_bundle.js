// plotly.js with only the traces that the course draws: scatter (part of the core), bar and
// heatmap. A figure with another trace needs it registered here; without Node the complete
// plotly.js of the Python package is used instead and has them all.
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import heatmap from "plotly.js/lib/heatmap";
import subroutines from "plotly.js/src/plot_api/subroutines";
import axes from "plotly.js/src/plots/cartesian/axes";
import plots from "plotly.js/src/plots/plots";

Plotly.register([bar, heatmap]);

// plotly.js learns only from the labels it has drawn how wide the margins must be. It then draws the
// whole figure a second time (https://github.com/plotly/plotly.js/issues/2704). Here margins are settled
// between the axes and the traces, so that only the axes are drawn again.
const TESTED = "4.1.1"; // the version of plotly.js whose private functions this calls
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

if (Plotly.version === TESTED) {
  subroutines.drawData = (gd) => {
    settleMargins(gd);
    return drawData(gd);
  };
}

export default Plotly;
