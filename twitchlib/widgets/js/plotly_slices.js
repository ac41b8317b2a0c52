// A figure that is drawn for the first time takes plotly.js 30 to 130 ms, in which a page would not answer.
// Here it is drawn in slices: between two of plotly.js' own steps the page may do what else it has to do.
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

// Axes depend on each other only if one has the ticks of another, or moves away from another.
const apart = (gd) => axes.list(gd).every(({ tickmode, autoshift }) => tickmode !== "sync" && !autoshift);

/** Have figures drawn in slices at first; `drawData` is what the last large step consists of. */
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
