// The steps of a lesson fold by their headings. On a phone those after the first dashboard start
// folded, so that the page reads like a list of what is to come. Without this, nothing is folded.

const folds = (() => {
  "use strict";

  const ROOT = document.documentElement;
  const NARROW = matchMedia("(max-width: 40rem)");
  const KEY = `twitchlib-steps:${location.pathname}`; // what was folded and unfolded in this tab
  const steps = [];
  let kept = {};
  try { kept = JSON.parse(sessionStorage.getItem(KEY)) ?? {}; } catch { /* nothing is remembered */ }

  const make = (name, how) => Object.assign(document.createElement(name), how);
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

  // Called by the page at the end of each step, before the next is there.
  function add(section) {
    const heading = section.querySelector(":scope > .prose > h2");
    const body = section.querySelector(":scope > .step-body");
    if (!heading || !words(body)) return;
    const button = make("button", { type: "button", className: "fold" });
    button.append(...[...heading.childNodes].filter((node) => !node.matches?.(".anchor-link")));
    button.addEventListener("click", () => {
      if (!("present" in ROOT.dataset)) keep(step, !step.open);
    });
    heading.prepend(button);
    const asks = make("p", { className: "step-asks" });
    heading.after(asks);
    body.addEventListener("beforematch", () => keep(step, true)); // found by the browser's search
    const step = { section, heading, button, asks, body, open: true };
    steps.push(step);
    section.classList.toggle("asked", holdsTarget(step));
    const start = !(NARROW.matches && section.matches(".folding"));
    set(step, holdsTarget(step) || (kept[heading.id] ?? start));
  }

  // What the reader is asked to predict, or the first question in the text, outside its folded parts.
  function question(body) {
    const predicted = body.querySelector(".tw-predicted legend > strong");
    if (predicted) return words(predicted);
    const sentences = [...body.querySelectorAll(".prose > p")].flatMap((p) => words(p).split(/(?<=[.!?])\s+/));
    return sentences.find((sentence) => sentence.endsWith("?")) ?? "";
  }

  function set(step, open) {
    step.open = open;
    step.button.setAttribute("aria-expanded", String(open));
    if (!open) step.asks.textContent = question(step.body);
    step.asks.hidden = open || !step.asks.textContent;
    if (open) step.body.removeAttribute("hidden");
    else step.body.setAttribute("hidden", "until-found");
  }

  function keep(step, open) {
    set(step, open);
    kept[step.heading.id] = open;
    try { sessionStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* lasts one page */ }
    dispatchEvent(new Event("resize")); // figures fit themselves to the space they now have
  }

  function target() {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
  }

  function holdsTarget({ heading, body }) {
    const id = target();
    return Boolean(id) && (heading.id === id || body.contains(document.getElementById(id)));
  }

  function follow() {
    // After a restart, some of the steps are no longer on the page.
    const step = steps.find((one) => one.heading.isConnected && holdsTarget(one));
    if (!step || (step.open && step.section.checkVisibility())) return;
    step.section.classList.add("asked");
    keep(step, true);
    document.getElementById(target()).scrollIntoView();
  }

  // Questions in widgets arrive later than the text.
  addEventListener("tw-whole", () => steps.filter(({ open }) => !open).forEach((step) => set(step, false)));

  // For tests, which try everything.
  const openAll = () => { for (const step of steps.filter(({ open }) => !open)) keep(step, true); };

  addEventListener("hashchange", follow);
  return { add, openAll };
})();
