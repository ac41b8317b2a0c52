// When a figure is drawn for the first time: one at a time, and those in view first.

const figuresWaiting = [];
let figureDrawn = null; // the element whose turn it is

function inView(el) {
  const { top, bottom } = el.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}

/** Wait until it is the element's turn; returns what ends that. */
function turn(el) {
  return new Promise((begin) => {
    figuresWaiting.push({ el, begin });
    if (!figureDrawn) nextFigure();
  });
}

function nextFigure() {
  const seen = figuresWaiting.findIndex(({ el }) => inView(el));
  const [one] = figuresWaiting.splice(Math.max(seen, 0), 1);
  figureDrawn = one?.el ?? null;
  one?.begin(() => setTimeout(nextFigure));
}
