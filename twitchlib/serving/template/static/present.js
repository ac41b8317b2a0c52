// A lesson on a projector: one screen at a time, by keys or clicker, with a clock, and with the
// teaching notes in a separate window, which the class does not see. A step of the lesson is a few
// screens: what it is about, the vote, the dashboard, what to see in it, the answer.

const present = (() => {
  "use strict";

  const ROOT = document.documentElement;
  const FORWARD = ["PageDown", "ArrowRight"];
  const BACK = ["PageUp", "ArrowLeft"];
  const TICK_MS = 1000;
  const NEARLY_PX = 64; // the room that the bar takes from the end of a page
  const OVERLAP_PX = 64; // of two views of a long screen
  const BLOCKS = ".prose, .output, .code, .printed, .mishap";
  const NOTES = "width=560,height=720";
  const byId = (id) => document.getElementById(id);
  const channel = new BroadcastChannel("twitchlib-present");

  let all = [];
  let steps = []; // those that are shown: perhaps the core alone
  let at = 0;
  let screen = 0; // within the step
  let aim = 0; // the screen that was asked for, which may not have arrived yet
  let since = null; // when the clock was started, null while it is stopped
  let before = 0; // milliseconds on the clock when it was last stopped
  let ticking = 0;

  const on = () => "present" in ROOT.dataset;

  // --- steps -------------------------------------------------------------------------------

  // Each part to unfold becomes a separate screen, so that no question shows its answer, and no
  // observation its reason.
  function splitAnswers(prose) {
    const observe = prose.querySelector(":scope > details.observe");
    const first = prose.querySelector(":scope > details:not(.observe)");
    if (observe?.nextElementSibling) splitBefore(prose, observe.nextElementSibling);
    if (observe) splitBefore(prose, observe);
    if (first) splitBefore(first.parentElement, first);
  }

  function splitBefore(prose, first) {
    if (first === prose.firstElementChild) return;
    const rest = prose.cloneNode(false);
    while (first.nextSibling) rest.append(first.nextSibling);
    rest.prepend(first);
    prose.after(rest);
  }

  function findSteps() {
    for (const prose of document.querySelectorAll("#lesson .prose")) splitAnswers(prose);
    return [...document.querySelectorAll("#lesson > .step")].map((step) => ({
      step,
      heading: step.querySelector(".prose > :is(h1, h2)"),
      nodes: [...step.querySelectorAll(BLOCKS)],
    })).filter((step) => step.heading);
  }

  const title = (step) => step.heading.firstChild.textContent.trim();

  const isHeading = (node) =>
    node.matches(".prose") && [...node.children].every((part) => part.matches("h1, h2, .step-asks"));

  // The screens of a step, found again each time, since outputs arrive after the text.
  function screensOf(step) {
    const found = [];
    let last;
    for (const node of step.nodes) {
      const alone = node.matches(".output")
        && node.querySelector(".tw-dashboard, .tw-body, .tw-predicted, .tw-observed");
      const kind = alone ? "dashboard"
        : node.querySelector(":scope > details.observe") ? "observe"
        : node.querySelector(":scope > details") ? "answer"
        : node.matches(".output") && last && last !== "dashboard" ? last
        : "text";
      // A vote on a case is taken while the case, and nothing else, is in sight.
      const votes = alone && node.querySelector(".tw-predicted") && found.at(-1)?.at(-1).matches(".case");
      const goesOn = (kind === last && !alone && !node.matches(".case")) || votes;
      if (!found.length || !(goesOn || found.at(-1).every(isHeading))) found.push([]);
      found.at(-1).push(node);
      last = kind;
    }
    return found;
  }

  function show(number, wanted = 0) {
    at = Math.min(Math.max(number, 0), steps.length - 1);
    aim = wanted;
    const screens = screensOf(steps[at]);
    screen = Math.min(wanted < 0 ? screens.length - 1 : wanted, screens.length - 1);
    for (const step of steps) for (const node of step.nodes) node.classList.add("offstage");
    for (const node of screens[screen]) {
      node.classList.remove("offstage");
      // A class votes by a show of hands, so moving on uncovers the result.
      node.querySelector(".tw-observed:not(:has(> :nth-child(2))) button")?.click();
    }
    const { heading } = steps[at];
    const place = {
      number: at + 1, count: steps.length, step: title(steps[at]),
      screen: screen + 1, screens: screens.length,
    };
    byId("present-place").textContent = screens.length > 1
      ? gettext("{number} of {count}: {step} ({screen}/{screens})", place)
      : gettext("{number} of {count}: {step}", place);
    byId("present-back").disabled = at === 0 && screen === 0;
    byId("present-on").disabled = at === steps.length - 1 && screen === screens.length - 1;
    scrollTo(0, 0);
    const start = screen === 0 ? heading : byId("lesson");
    start.tabIndex = -1;
    start.focus({ preventScroll: true });
    address();
    tellNotes();
    // Figures fit themselves to the space they now have.
    dispatchEvent(new Event("resize"));
  }

  const isLast = () => screen >= screensOf(steps[at]).length - 1;
  const forward = () => (isLast() ? at < steps.length - 1 && show(at + 1) : show(at, screen + 1));
  const backward = () => (screen > 0 ? show(at, screen - 1) : at > 0 && show(at - 1, -1));

  // Scrolls to the end of a screen that is longer than the projector's before it moves on.
  function turn(by) {
    const room = byId("present-bar").getBoundingClientRect().top;
    const end = ROOT.scrollHeight - innerHeight;
    const left = by > 0 ? end - scrollY : scrollY;
    if (left > NEARLY_PX) scrollBy(0, by * Math.min(left, room - OVERLAP_PX));
    else if (by > 0) forward();
    else backward();
  }

  function address() {
    const now = new URL(location.href);
    if (on()) now.searchParams.set("present", screen > 0 ? screen + 1 : "");
    else now.searchParams.delete("present");
    now.hash = on() && at > 0 ? steps[at].heading.id : "";
    history.replaceState(history.state, "", now.href.replace("present=&", "present&").replace(/present=(?=#|$)/, "present"));
  }

  // --- the clock ---------------------------------------------------------------------------

  const elapsed = () => before + (since === null ? 0 : Date.now() - since);

  function tick() {
    const seconds = Math.floor(elapsed() / 1000);
    const shown = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    byId("present-clock").textContent = shown;
    const action = since === null
      ? gettext("Start the clock, which shows {time}", { time: shown })
      : gettext("Stop the clock, which shows {time}", { time: shown });
    byId("present-clock").setAttribute("aria-label", action);
  }

  function clock(run) {
    before = elapsed();
    since = run ? Date.now() : null;
    clearInterval(ticking);
    if (run) ticking = setInterval(tick, TICK_MS);
    tick();
  }

  // --- the notes ---------------------------------------------------------------------------

  function tellNotes() {
    channel.postMessage({ lesson: location.pathname, step: title(steps[at]), number: at, elapsed: elapsed() });
  }

  channel.addEventListener("message", ({ data }) => {
    if (!on() || data.to !== location.pathname) return;
    if (data.ask === "where") tellNotes();
    else if (data.ask === "on") forward();
    else if (data.ask === "back") backward();
  });

  function notes() {
    open(byId("present-notes").dataset.href, "twitchlib-notes", NOTES);
  }

  // --- in and out --------------------------------------------------------------------------

  // Step and screen come from the address, which anybody may have typed: `present=3#Salts` is the
  // third screen of a step.
  function asked() {
    let name = "";
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { /* names no step */ }
    const step = steps.findIndex(({ heading }) => name && heading.id === name);
    const number = Number.parseInt(new URLSearchParams(location.search).get("present"), 10);
    return [Math.max(step, 0), step >= 0 || !location.hash ? Math.max((number || 1) - 1, 0) : 0];
  }

  function enter() {
    ROOT.dataset.present = "";
    twitch.dress();
    byId("present-bar").hidden = false;
    steps = all.filter(({ step }) => step.checkVisibility());
    before = 0;
    clock(true);
    show(...asked());
  }

  function leave() {
    const { heading } = steps[at];
    delete ROOT.dataset.present;
    clock(false);
    byId("present-bar").hidden = true;
    for (const node of document.querySelectorAll(".offstage")) node.classList.remove("offstage");
    twitch.dress();
    address();
    dispatchEvent(new Event("resize"));
    heading.scrollIntoView();
  }

  function key(event) {
    if (!on() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const within = event.target.closest("input, select, textarea, summary, audio, [role=slider], [contenteditable]");
    // A clicker sends Page Up and Page Down, which none of our controls needs; arrows move sliders.
    const clicker = event.key.startsWith("Page") && !event.target.closest("textarea, select");
    if (within && !clicker && event.key !== "Escape") return;
    if (FORWARD.includes(event.key)) turn(1);
    else if (BACK.includes(event.key)) turn(-1);
    else if (event.key === "Escape") leave();
    else if (event.key === "n") notes();
    else if (event.key === "t") clock(since === null);
    else return;
    event.preventDefault();
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (!byId("present-bar")) return;
    all = findSteps();
    if (!all.length) return;
    byId("present-switch").addEventListener("click", enter);
    byId("present-on").addEventListener("click", forward);
    byId("present-back").addEventListener("click", backward);
    byId("present-leave").addEventListener("click", leave);
    byId("present-notes").addEventListener("click", notes);
    byId("present-clock").addEventListener("click", () => clock(since === null));
    document.addEventListener("keydown", key, true);
    // Which outputs are dashboards is known once all of them are in place.
    addEventListener("tw-whole", () => { if (on()) show(at, aim); }, { once: true });
    if (new URLSearchParams(location.search).has("present")) enter();
  });
})();
