// Keeps a lesson at its start in JupyterLab: "Run All" goes to the last cell of a notebook and follows it
// down as outputs arrive, but a reader who opens a lesson wants to begin with the first cell.

const GESTURES = ["wheel", "touchstart", "pointerdown", "keydown"];
const FRAMES = 600; // how long to wait for a view to be put into the page

/**
 * Stay at the first cell of a notebook that JupyterLab has run as a whole, until the reader does something.
 *
 * It was run as a whole if its last cell is active when the first element that asks for this appears; a
 * reader who runs one cell at a time is not there yet. Dashboards do not ask, since they may be in a notebook
 * of the reader's own.
 */
function startAtTheTop(element, frames = FRAMES) {
  requestAnimationFrame(() => {
    // Its size would not tell: an element out of view has none.
    if (!element.isConnected) return frames && startAtTheTop(element, frames - 1);
    const scrolled = element.closest(".jp-NotebookPanel .jp-WindowedPanel-outer");
    if (!scrolled || element.closest(".tw-dashboard:not(.tw-review)")) return;
    element.dataset.starts = "";
    const last = [...scrolled.querySelectorAll(".jp-Cell")].at(-1);
    if (scrolled.querySelector("[data-starts]") !== element || !last.matches(".jp-mod-active")) return;
    const stay = () => { scrolled.scrollTop = 0; };
    const leave = () => {
      scrolled.removeEventListener("scroll", stay);
      for (const name of GESTURES) document.removeEventListener(name, leave, true);
    };
    scrolled.addEventListener("scroll", stay);
    for (const name of GESTURES) document.addEventListener(name, leave, true);
    stay();
  });
}
