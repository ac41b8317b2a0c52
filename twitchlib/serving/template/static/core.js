// The core of a lesson: with `?path=core` the steps that later lessons do not build on are left out.
// Goes in the head, so that nothing is shown and then disappears. Without this, nothing is left out.

(() => {
  "use strict";

  const ROOT = document.documentElement;
  const asked = () => new URLSearchParams(location.search).get("path") === "core";
  const isCore = () => ROOT.dataset.path === "core";

  // Keeps the place on the page, and what the reader has set.
  function switchTo(path) {
    const now = new URL(location.href);
    if (path === "core") now.searchParams.set("path", path);
    else now.searchParams.delete("path");
    history.replaceState(history.state, "", now);
    ROOT.dataset.path = path;
    document.querySelector(`.path-line[data-on="${path}"] button`)?.focus();
    dispatchEvent(new Event("resize")); // figures fit themselves to the space they now have
  }

  // The core of a lesson leads to the core of the next. Links are changed when they are used, since
  // some arrive with the widgets.
  function carry({ target }) {
    const link = target.closest?.("a[href]");
    const to = link && new URL(link.href);
    if (!to || to.origin !== location.origin || !to.pathname.endsWith(".ipynb")) return;
    if (isCore() && !to.searchParams.has("path")) {
      to.searchParams.set("path", "core");
      link.dataset.carries = "";
    } else if (!isCore() && "carries" in link.dataset) {
      to.searchParams.delete("path");
      delete link.dataset.carries;
    } else return;
    link.href = to;
  }

  ROOT.dataset.path = asked() ? "core" : "whole";
  for (const kind of ["click", "auxclick", "contextmenu"]) addEventListener(kind, carry, true);
  addEventListener("click", ({ target }) => {
    const path = target.closest?.(".path-line button")?.dataset.to;
    if (path) switchTo(path);
  });
})();
