// The page's own behaviour: dress, progress, trouble, and the end of the kernel with the page.
// Stands in the head, so that no page is seen in the wrong colours.

const twitch = (() => {
  "use strict";

  const PATIENCE_MS = 15_000; // without any sign of progress, before the reader is told
  const SLOW_PATIENCE_MS = 45_000; // the same on a slow line, where each question takes seconds
  const SLOW_MS = 1000; // from the click to the page's head, on a line that is to be spared
  const ATTEMPTS = 6;
  const RETRY_MS = 1000; // twice as long each time
  const PAUSE_MS = 2000;
  const CHECK_MS = 250;
  const ALIVE_MS = 10_000;
  const OFFLINE_MS = 3_000;
  const OUTPUT = 'script[type="application/vnd.voila.cell-output+json"]';
  const ROOT = document.documentElement;
  const byId = (id) => document.getElementById(id);

  // --- dress -----------------------------------------------------------------------------

  const memory = {
    // A browser may forbid storage; then the choice lasts as long as the page.
    read(key) { try { return localStorage.getItem(key); } catch { return null; } },
    write(key, value) { try { localStorage.setItem(key, value); } catch { /* lasts one page */ } },
  };
  const darkPreferred = matchMedia("(prefers-color-scheme: dark)");
  let theme = memory.read("twitchlib-theme");
  let size = memory.read("twitchlib-size");

  function dress() {
    const dark = (theme ?? (darkPreferred.matches ? "dark" : "light")) === "dark";
    // The attributes JupyterLab keeps on its body: widgets and the palette go by them.
    for (const element of [ROOT, document.body]) {
      if (!element) continue;
      element.dataset.jpThemeLight = String(!dark);
      element.dataset.jpThemeName = dark ? "JupyterLab Dark" : "JupyterLab Light";
    }
    ROOT.style.colorScheme = dark ? "dark" : "light";
    ROOT.dataset.size = "present" in ROOT.dataset ? "projector" : (size ?? "page");
    byId("theme-switch")?.setAttribute("aria-pressed", String(dark));
    byId("size-switch")?.setAttribute("aria-pressed", String(size === "projector"));
  }

  function wireSwitches() {
    byId("theme-switch").addEventListener("click", () => {
      theme = ROOT.dataset.jpThemeLight === "true" ? "dark" : "light";
      memory.write("twitchlib-theme", theme);
      dress();
    });
    byId("size-switch").addEventListener("click", () => {
      size = size === "projector" ? "page" : "projector";
      memory.write("twitchlib-size", size);
      dress();
      dispatchEvent(new Event("resize"));
    });
    const contents = document.querySelector("details.contents");
    document.addEventListener("click", (event) => {
      if (contents && !contents.contains(event.target)) contents.open = false;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !contents?.open) return;
      contents.open = false;
      contents.querySelector("summary").focus();
    });
  }

  // --- progress --------------------------------------------------------------------------

  let lastSign = Date.now();
  let signs = "";
  let cellsWritten = false;
  let stepsDone = 0; // of 1
  let about = ""; // what is being done just now
  let told = 0;

  const slow = performance.now() > SLOW_MS;
  const sign = () => { lastSign = Date.now(); };

  function step(number, count) {
    sign();
    stepsDone = number / count;
    about = gettext("step {number} of {count}", { number, count });
    showProgress();
  }

  function waiting(ahead) {
    sign();
    fetchParts(); // the line is idle
    if (ahead > 0) about = gettext("copies made before yours: {ahead}", { ahead });
    showProgress();
  }

  function written() {
    sign();
    cellsWritten = true;
    stepsDone = 1;
    about = gettext("its figures and controls");
    onWritten();
    fetchParts();
    showProgress();
  }

  const start = () => byId("starting-words").dataset.start ??= byId("starting-words").textContent;

  function showProgress() {
    if (!byId("starting") || !about) return;
    const { words, share } = cellsWritten && partsAsked ? arriving() : { words: "", share: 0 };
    // On a slow line most of the time goes by while files arrive, else while cells are run.
    const weight = slow ? 0.1 : 0.6;
    setText(byId("starting-words"), words || `${start()} … ${about}`);
    const bar = byId("starting").querySelector("progress");
    // It never goes back, though the widgets' state is known late to be part of the way.
    bar.value = Math.max(bar.value, weight * stepsDone + (0.95 - weight) * share);
    if (words) tell(words, share);
  }

  // A screen reader is told at the beginning, and at each quarter of the way.
  function tell(words, share) {
    const quarter = 1 + Math.floor(4 * share);
    if (quarter <= told || !byId("starting-told")) return;
    told = quarter;
    const meanwhile = quarter === 1 ? ` ${gettext("The text can be read meanwhile.")}` : "";
    byId("starting-told").textContent = `${words}.${meanwhile}`;
  }

  // Text that stays the same is left alone.
  function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  // --- what arrives after the text -------------------------------------------------------

  // The large files: the front end, and plotly.js for the figures. Where the line is slow they
  // wait for the text, and the figures for the controls.
  let parts = {};
  let partsAsked = 0; // when
  let partsBroken = false;
  const got = {}; // bytes of each that are here, unpacked
  let counting = 0; // milliseconds in which bytes arrived
  let counted = 0; // when, last
  let onWritten;
  const whenWritten = new Promise((resolve) => { onWritten = resolve; });
  let onFigures;
  const whenFigures = new Promise((resolve) => { onFigures = resolve; });
  let figuresHere = false;
  whenFigures.then(() => { figuresHere = true; });

  // A figure asks for plotly.js when the page has it, rather than fetch it a second time.
  globalThis[Symbol.for("twitchlib.arrival")] = (url) =>
    parts.figures?.url === url ? whenFigures : Promise.resolve();

  function begin(known) {
    parts = known;
    if (!slow) fetchParts();
  }

  function fetchParts() {
    if (partsAsked) return;
    partsAsked = performance.now();
    (parts.front ? comeAlive() : borrowFrontEnd()).catch((error) => {
      console.error(error);
      partsBroken = true;
      trouble("broken");
    });
  }

  async function comeAlive() {
    await Promise.all([fetchPart("front"), fetchPart("looks")]);
    const figures = slow ? null : fetchFigures();
    const [front] = await Promise.all([import(parts.front.url), wear(parts.looks.url), whenWritten]);
    ours = await front.start(pageConfig(), (here, all) => {
      parts = { ...parts, states: { bytes: all, sent: all } };
      count("states", here);
    });
    if (!ours) await borrowFrontEnd(); // an output that it does not know
    await (figures ?? fetchFigures());
  }

  // Voilà's, in many files that it asks for itself.
  async function borrowFrontEnd() {
    const seen = new PerformanceObserver((list) => {
      sign();
      for (const file of list.getEntries()) got.voila = (got.voila ?? 0) + file.encodedBodySize;
    });
    seen.observe({ type: "resource" });
    if (slow || ours === null) await whenWritten;
    const script = document.createElement("script");
    script.src = await whenNamed;
    document.head.append(script);
    if (ours !== null) await fetchFigures();
  }

  let onNamed;
  const whenNamed = new Promise((resolve) => { onNamed = resolve; });

  async function fetchFigures() {
    try {
      if (parts.figures) await fetchPart("figures");
    } catch (error) {
      console.error(error); // each figure tries again, and says so
    }
    onFigures();
  }

  async function fetchPart(name) {
    for (let attempt = 1; ; attempt += 1) {
      got[name] = 0;
      try {
        const answer = await fetch(parts[name].url);
        if (!answer.ok) throw new Error(`${answer.status}: ${parts[name].url}`);
        const reader = answer.body.getReader();
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          count(name, got[name] + value.length);
        }
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => { setTimeout(resolve, RETRY_MS * 2 ** (attempt - 1)); });
      }
    }
  }

  function count(name, here) {
    const now = performance.now();
    // While the page waits for an answer, nothing can be told of the line.
    if (counted) counting += Math.min(now - counted, PAUSE_MS);
    counted = now;
    got[name] = here;
    sign();
  }

  function wear(url) {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: url });
    document.head.append(link);
    return new Promise((resolve) => { link.onload = link.onerror = resolve; });
  }

  const KB = 1000;

  function arriving() {
    if (!parts.front || got.voila) {
      const arrived = Math.round((got.voila ?? 0) / KB);
      if (!arrived || !slow) return { words: "", share: 0 };
      return { words: gettext("Its figures and controls are on their way: {arrived} kB so far", { arrived }), share: 0.5 };
    }
    const known = Object.entries(parts); // sizes on the line, and unpacked
    const all = known.reduce((sum, [, { sent }]) => sum + sent, 0);
    const here = known.reduce((sum, [name, { bytes, sent }]) => sum + ((got[name] ?? 0) / bytes) * sent, 0);
    const values = { arrived: Math.round(here / KB), all: Math.round(all / KB) };
    const far = gettext("{arrived} of {all} kB", values);
    const what = ROOT.dataset.state === "ready"
      ? gettext("The controls work; the figures are on their way")
      : gettext("Its figures and controls are on their way");
    const seconds = ((all - here) * counting) / (1000 * Math.max(here, 1));
    const left = here < all / 50 || seconds < 10 ? "" : timeLeft(seconds);
    return { words: `${what}: ${left ? `${far}, ${left}` : far}`, share: here / all };
  }

  function timeLeft(seconds) {
    return seconds < 90
      ? gettext("about {seconds} s to go", { seconds: 10 * Math.ceil(seconds / 10) })
      : gettext("about {minutes} min to go", { minutes: Math.ceil(seconds / 60) });
  }

  // --- trouble ---------------------------------------------------------------------------

  const TROUBLE = {
    slow: [
      gettext("This takes longer than it should. It may still come; if not, begin again."),
      gettext("Begin again"),
    ],
    broken: [gettext("This copy of the lesson could not be started."), gettext("Try again")],
    ended: [
      gettext("Your copy of this lesson has ended, because it was left alone for long or the course was restarted. What you set on this page starts afresh."),
      gettext("Start a new copy"),
    ],
    // What a copy was ended for, as the server names it.
    time: [
      gettext("A change on this page took longer than it may, so your copy of this lesson was ended. What you set on it starts afresh."),
      gettext("Start a new copy"),
    ],
    memory: [
      gettext("Your copy of this lesson needed more memory than one visitor may have, so it was ended. What you set on it starts afresh."),
      gettext("Start a new copy"),
    ],
    messages: [
      gettext("This page sent more than the course takes from one visitor, so your copy of this lesson was ended. What you set on it starts afresh."),
      gettext("Start a new copy"),
    ],
    unread: [
      gettext("More answers were on their way to this page than it could take, so your copy of this lesson was ended. On a slow line, wait for each answer."),
      gettext("Start a new copy"),
    ],
    offline: [
      gettext("The course cannot be reached just now. Your page stays; it goes on as soon as the connection is back."),
      gettext("Try again"),
    ],
  };

  function trouble(kind = "broken") {
    if (kind === "broken") broken = true;
    const notice = byId("trouble");
    const [text, action] = TROUBLE[kind];
    if (!notice || notice.dataset.kind === kind) return;
    notice.dataset.kind = kind;
    byId("trouble-text").textContent = text;
    byId("trouble-button").textContent = action;
    notice.hidden = false;
    if (kind !== "slow") byId("starting").hidden = true;
    if (ROOT.dataset.state === "starting" && kind !== "slow") ROOT.dataset.state = "broken";
  }

  // Takes back what was said, or only what was said of one kind.
  function noTrouble(kind = undefined) {
    const notice = byId("trouble");
    if (!notice || (kind && notice.dataset.kind !== kind)) return;
    notice.hidden = true;
    delete notice.dataset.kind;
  }

  // --- from written to ready -------------------------------------------------------------

  let broken = false;
  let ours; // the manager of our own front end; null where it gave the page to Voilà's
  const app = () => window.jupyterapp;
  const manager = () => ours ?? app()?.widgetManager;

  function placesToFill() {
    const outputs = [...document.querySelectorAll("#lesson .output")];
    return outputs.filter(
      (output) => output.querySelector(OUTPUT) || output.textContent === "Loading widget...",
    ).length;
  }

  function check() {
    const left = placesToFill();
    const now = [cellsWritten, Boolean(app()), Boolean(manager()), manager()?.restoredStatus, left].join();
    if (now !== signs) { signs = now; sign(); }
    if (cellsWritten && (ours || app()) && left === 0) return ready();
    const patience = slow && cellsWritten ? SLOW_PATIENCE_MS : PATIENCE_MS;
    if (!broken && Date.now() - lastSign > patience) trouble("slow");
    else if (!broken) noTrouble("slow");
    showProgress();
    return setTimeout(check, broken ? 4 * CHECK_MS : CHECK_MS);
  }

  // The corner of a table of pandas is a heading that says nothing.
  function emptyCorners() {
    for (const corner of document.querySelectorAll(".dataframe thead th:empty")) {
      corner.replaceWith(document.createElement("td"));
    }
  }

  function ready() {
    emptyCorners();
    noTrouble("slow");
    ROOT.dataset.state = "ready";
    awaitFigures();
    const kernel = manager()?.kernel;
    kernel?.connectionStatusChanged.connect((_, status) => connection(status));
  }

  function awaitFigures() {
    byId("starting").hidden = figuresHere || !document.querySelector(".tw-figure-view");
    if (figuresHere) {
      if (slow) setText(byId("starting-told"), gettext("The lesson is complete."));
      return;
    }
    showProgress();
    setTimeout(awaitFigures, CHECK_MS);
  }

  // --- the kernel ------------------------------------------------------------------------

  function pageConfig() {
    const data = byId("jupyter-config-data");
    return data && JSON.parse(data.textContent);
  }

  function kernelUrl(path) {
    const config = pageConfig();
    return config && `${config.baseUrl}${path}/${config.kernelId}`;
  }

  async function kernelsEnd() {
    // What the kernel was ended for, "" while it is there, "offline" where the server is silent.
    const url = kernelUrl("api/kernels");
    if (!url) return "offline";
    try {
      const answer = await fetch(url, { cache: "no-store" });
      if (answer.ok) return "";
      const { reason } = answer.status === 410 ? await answer.json() : {};
      return reason in TROUBLE ? reason : "ended";
    } catch { return "offline"; }
  }

  function stayAlive() {
    if (ROOT.dataset.state === "ready") return;
    kernelsEnd().then((end) => { if (end && end !== "offline" && cellsWritten) trouble(end); });
    setTimeout(stayAlive, ALIVE_MS);
  }

  let lost = 0;
  function connection(status) {
    clearTimeout(lost);
    if (status === "connected") { noTrouble(); return; }
    const look = async () => {
      const end = await kernelsEnd();
      trouble(end || "offline");
      if (!end || end === "offline") lost = setTimeout(look, OFFLINE_MS);
    };
    lost = setTimeout(look, OFFLINE_MS);
  }

  // Voilà ends the kernel before a page is unloaded, which also happens when it is not: for a
  // mail link, or a file that is downloaded. So only when the page is really gone.
  addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);
  addEventListener("pagehide", () => {
    const url = kernelUrl("voila/api/shutdown");
    if (url) navigator.sendBeacon(url);
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  darkPreferred.addEventListener("change", dress);
  document.addEventListener("DOMContentLoaded", () => {
    wireSwitches();
    dress();
    byId("trouble-button")?.addEventListener("click", () => location.reload());
    if (ROOT.dataset.state !== "starting") return;
    if (!cellsWritten && !broken) trouble("broken"); // the answer broke off
  });
  if (ROOT.dataset.state === "starting") {
    setTimeout(check, CHECK_MS);
    setTimeout(stayAlive, ALIVE_MS);
  }
  dress();
  return { dress, begin, voila: onNamed, step, waiting, written, trouble };
})();
