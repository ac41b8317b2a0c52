// Drawing a figure for the first time takes plotly.js 30 to 130 ms, during which a page would not respond.
// Here it is drawn in slices: between two of plotly.js's own steps the page can do its other work.
import lib from "plotly.js/src/lib";
import subroutines from "plotly.js/src/plot_api/subroutines";
import axes from "plotly.js/src/plots/cartesian/axes";

import { pause } from "./plotly_pause.js";

const begun = new WeakSet();
let slicing = null; // the figure of which a slice is being drawn

async function inSlices(steps, gd, finish) {
  begun.add(gd);
  for (const step of steps) {
    await pause();
    slicing = gd;
    let more;
    try {
      more = step(gd);
    } finally {
      slicing = null;
    }
    await more;
  }
  return finish?.(gd);
}

// Axes depend on each other only if one takes its ticks from another, or shifts to avoid another.
const apart = (gd) => axes.list(gd).every(({ tickmode, autoshift }) => tickmode !== "sync" && !autoshift);

/** Draw figures in slices the first time; `drawData` lists the parts of the last large step. */
export function drawInSlices(drawData) {
  const { syncOrAsync } = lib;
  const smaller = (step) => (step === subroutines.drawData ? drawData : [step]);
  lib.syncOrAsync = (steps, gd, finish) =>
    steps.includes(subroutines.drawData) && !begun.has(gd)
      ? inSlices(steps.flatMap(smaller), gd, finish)
      : syncOrAsync(steps, gd, finish);

  const { draw } = axes;
  axes.draw = (gd, which, how) =>
    slicing === gd && !which && apart(gd)
      ? inSlices(axes.listIds(gd).map((id) => () => draw(gd, [id], how)), gd)
      : draw(gd, which, how);
}
