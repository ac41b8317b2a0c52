// Where a lesson begins in JupyterLab: "Run All" goes to the last cell of a notebook and follows it down
// as outputs arrive, while whoever opens a lesson wants to read it from its first.

const HANDS = ["wheel", "touchstart", "pointerdown", "keydown"];
const FRAMES = 600; // after which a view is not expected to be put into the page any more

/**
 * Stay at the first cell of a notebook that JupyterLab has run as a whole, until the reader does something.
 *
 * It was run as a whole if its last cell is active when the first of what calls this appears; whoever runs
 * a cell at a time is not there yet. No dashboard does so, since it may be in a notebook of the reader's own.
 */
function startAtTheTop(element, frames = FRAMES) {
  requestAnimationFrame(() => {
    // Not by its size: what is out of view has none.
    if (!element.isConnected) return frames && startAtTheTop(element, frames - 1);
    const scrolled = element.closest(".jp-NotebookPanel .jp-WindowedPanel-outer");
    if (!scrolled || element.closest(".tw-dashboard:not(.tw-review)")) return;
    element.dataset.starts = "";
    const last = [...scrolled.querySelectorAll(".jp-Cell")].at(-1);
    if (scrolled.querySelector("[data-starts]") !== element || !last.matches(".jp-mod-active")) return;
    const stay = () => { scrolled.scrollTop = 0; };
    const leave = () => {
      scrolled.removeEventListener("scroll", stay);
      for (const name of HANDS) document.removeEventListener(name, leave, true);
    };
    scrolled.addEventListener("scroll", stay);
    for (const name of HANDS) document.addEventListener(name, leave, true);
    stay();
  });
}
