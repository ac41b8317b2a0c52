// When figures are drawn for the first time: one after the other, those in view first.

const figuresWaiting = [];
let figureDrawn = null; // the element whose turn it is

function inView(el) {
  const { top, bottom } = el.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}

/** Wait for the element's turn; resolves to a function that ends it. */
function waitForTurn(el) {
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
