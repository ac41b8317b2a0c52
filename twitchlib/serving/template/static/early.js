// Starts to fetch the front end before the browser has read the rest of the page.
// Goes first in the head.

const early = (() => {
  "use strict";

  const SLOW_MS = 1000; // from the click to the page's head; beyond that the connection is slow
  const slow = performance.now() > SLOW_MS;

  function link(rel, part, more = {}) {
    const made = Object.assign(document.createElement("link"), { rel, href: part.url, ...more });
    document.head.append(made);
    return made;
  }

  // On a slow connection the text comes first. Otherwise plotly.js comes after the front end, since a
  // browser that compiles both at once has no processor left for the text.
  function preload({ front, common, looks, figures }) {
    if (slow) return;
    const last = figures ? () => link("modulepreload", figures) : () => {};
    if (!front) return void last();
    link("modulepreload", front, { onload: last, onerror: last });
    link("modulepreload", common);
    link("preload", looks, { as: "style" });
  }

  return { slow, preload };
})();
