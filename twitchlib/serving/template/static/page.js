// The page's own behaviour: appearance, progress, trouble, and ending the kernel with the page.
// Goes in the head, so that no page is seen in the wrong colours.

const twitch = (() => {
  "use strict";

  const PATIENCE_MS = 15_000; // without any sign of progress, before the reader is told
  const SLOW_PATIENCE_MS = 45_000; // the same on a slow connection, where each request takes seconds
  const CHECK_MS = 250;
  const FIGURES_MS = 500; // what is below does not wait longer for figures in view
  const FRAME_MS = 100; // nor longer than this for the browser to paint what is in view
  const ALIVE_MS = 10_000;
  const OFFLINE_MS = 3_000;
  const OUTPUT = 'script[type="application/vnd.voila.cell-output+json"]';
  const ROOT = document.documentElement;
  const byId = (id) => document.getElementById(id);

  // --- appearance ------------------------------------------------------------------------

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
    // The attributes JupyterLab sets on its body: widgets and the palette rely on them.
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

  // How much the bars at the page's edges cover; stages (stage.css) stay clear of them.
  function measureBars() {
    const bars = { "--tw-top": document.querySelector(".masthead"), "--tw-bottom": byId("present-bar") };
    for (const [name, bar] of Object.entries(bars)) {
      if (!bar) continue;
      const measure = () => ROOT.style.setProperty(name, `${bar.offsetHeight}px`);
      new ResizeObserver(measure).observe(bar);
      measure();
    }
  }

  // --- progress --------------------------------------------------------------------------

  let lastSign = Date.now();
  let signs = "";
  let textThere = false;
  let cellsWritten = false;
  let stepsDone = 0; // as a fraction
  let about = ""; // what is being done at the moment
  let announced = 0; // quarters

  const { slow } = early;
  const sign = () => { lastSign = Date.now(); };
  const arrivals = arrivalsOf({ slow, sign, pageConfig, placed, trouble: () => trouble("broken") });

  function step(number, count) {
    sign();
    stepsDone = number / count;
    about = gettext("step {number} of {count}", { number, count }); // shown by the next check
  }

  function waiting(ahead) {
    sign();
    arrivals.fetch(); // the connection is idle
    if (ahead > 0) about = gettext("copies made before yours: {ahead}", { ahead });
    showProgress();
  }

  // What has arrived of the lesson belongs to a copy that could not be made; another follows.
  function restart() {
    sign();
    byId("lesson").replaceChildren();
    stepsDone = 0;
  }

  // All the text is there; the widgets' states follow, which have this many characters.
  function legible(states) {
    sign();
    performance.mark("twitchlib-legible");
    textThere = true;
    stepsDone = 1;
    about = gettext("its figures and controls");
    arrivals.legible(states);
    showProgress();
  }

  function written() {
    sign();
    cellsWritten = true;
    arrivals.written();
    showProgress();
  }

  const start = () => byId("starting-words").dataset.start ??= byId("starting-words").textContent;

  function showProgress() {
    if (!byId("starting") || !about) return;
    const { words, share } = textThere ? arrivals.progress() : { words: "", share: 0 };
    // On a slow connection most of the time is spent loading files, otherwise running cells.
    const weight = slow ? 0.1 : 0.6;
    setText(byId("starting-words"), words || `${start()} … ${about}`);
    const bar = byId("starting").querySelector("progress");
    // It never goes back, not even when a part has to be fetched again.
    bar.value = Math.max(bar.value, weight * stepsDone + (0.95 - weight) * share);
    if (words) announce(words, share);
  }

  // A screen reader announces the beginning and each quarter.
  function announce(words, share) {
    const quarter = 1 + Math.floor(4 * share);
    if (quarter <= announced || !byId("starting-told")) return;
    const hint = announced === 0 ? ` ${gettext("You can read the text in the meantime.")}` : "";
    announced = quarter;
    byId("starting-told").textContent = `${words}.${hint}`;
  }

  // Unchanged text is left alone.
  function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  // --- trouble ---------------------------------------------------------------------------

  const TROUBLE = {
    slow: [
      gettext("This is taking longer than it should. It may still come; if not, begin again."),
      gettext("Begin again"),
    ],
    broken: [gettext("This copy of the lesson could not be started."), gettext("Try again")],
    ended: [
      gettext("Your copy of this lesson has ended, because it was left alone for a long time or the course was restarted. A new copy starts with the default settings."),
      gettext("Start a new copy"),
    ],
    // Why a copy was ended, in the server's terms.
    time: [
      gettext("A change on this page took longer than is allowed, so your copy of this lesson was ended. A new copy starts with the default settings."),
      gettext("Start a new copy"),
    ],
    memory: [
      gettext("Your copy of this lesson needed more memory than one visitor may have, so it was ended. A new copy starts with the default settings."),
      gettext("Start a new copy"),
    ],
    messages: [
      gettext("This page sent more than the course takes from one visitor, so your copy of this lesson was ended. A new copy starts with the default settings."),
      gettext("Start a new copy"),
    ],
    unread: [
      gettext("More answers were on their way to this page than it could take, so your copy of this lesson was ended. On a slow connection, wait for each answer."),
      gettext("Start a new copy"),
    ],
    stopped: [
      gettext("Python has stopped on this page, so its controls no longer answer. Starting again restores the default settings."),
      gettext("Start again"),
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
    if (kind === "slow" && notice.dataset.kind) return; // what is known is not replaced by a guess
    notice.dataset.kind = kind;
    byId("trouble-text").textContent = text;
    byId("trouble-button").textContent = action;
    notice.hidden = false;
    if (kind !== "slow") byId("starting").hidden = true;
    if (ROOT.dataset.state === "starting" && kind !== "slow") ROOT.dataset.state = "broken";
  }

  // Withdraws the message, or only one of a given kind.
  function noTrouble(kind = undefined) {
    const notice = byId("trouble");
    if (!notice || (kind && notice.dataset.kind !== kind)) return;
    notice.hidden = true;
    delete notice.dataset.kind;
  }

  // --- from written to ready -------------------------------------------------------------

  let broken = false;
  const app = () => window.jupyterapp; // Voilà's front end, if the page has borrowed it
  const manager = () => arrivals.manager() ?? app()?.widgetManager;

  function placesToFill() {
    const outputs = [...document.querySelectorAll("#lesson .output")];
    return outputs.filter(
      (output) => output.querySelector(OUTPUT) || (app() && output.textContent === "Loading widget..."),
    );
  }

  function inView(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return top < innerHeight && bottom > 0;
  }

  let kernelHere = false;
  let whole = false; // every output is in its place
  let checking = 0;

  function check() {
    clearTimeout(checking);
    if (ROOT.dataset.state === "ready") return;
    arrivals.look();
    const left = placesToFill();
    const now = [cellsWritten, Boolean(app()), Boolean(manager()), manager()?.restoredStatus, left.length].join();
    if (now !== signs) { signs = now; sign(); }
    if (cellsWritten && left.length === 0 && ((whole && kernelHere) || app())) {
      ready();
      return;
    }
    if (arrivals.manager() && !left.some(inView) && figuresDrawn()) seen();
    const patience = slow && cellsWritten ? SLOW_PATIENCE_MS : PATIENCE_MS;
    if (!broken && Date.now() - lastSign > patience) trouble("slow");
    else if (!broken) noTrouble("slow");
    showProgress();
    checking = setTimeout(check, broken ? 4 * CHECK_MS : CHECK_MS);
  }

  // Of those in view; one in a hidden tab or a folded step has no width yet, and is drawn later.
  function figuresDrawn() {
    const plots = [...document.querySelectorAll(".tw-figure-plot")];
    return plots.every((plot) => plot.querySelector("svg") || plot.textContent || !plot.clientWidth || !inView(plot));
  }

  // Our own front end has put what is in view in its place, whether or not the kernel answers yet.
  function placed() {
    const { kernel } = manager();
    kernel.connectionStatusChanged.connect((_, status) => connection(status));
    kernel.ended?.then(() => trouble("stopped"));
    kernel.info.then(() => {
      kernelHere = true;
      check();
    });
    check();
    const late = new Promise((resolve) => { setTimeout(resolve, FIGURES_MS); });
    Promise.race([whenSeen.then(painted), late]).then(() => manager().complete()).then(() => {
      completed();
      check();
    });
    return ROOT.dataset.state === "starting" ? undefined : painted(); // figures in view are not kept waiting
  }

  // Waits until what is in place is on the screen, but not for long: a page in a hidden tab is not painted.
  function painted() {
    return new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
      setTimeout(resolve, FRAME_MS);
    });
  }

  function completed() {
    whole = true;
    emptyCorners();
    dispatchEvent(new Event("tw-whole"));
  }

  let onSeen;
  const whenSeen = new Promise((resolve) => { onSeen = resolve; });

  function seen() {
    if (ROOT.dataset.state === "starting") ROOT.dataset.state = "seen";
    onSeen();
  }

  // The corner of a pandas table is an empty heading.
  function emptyCorners() {
    for (const corner of document.querySelectorAll(".dataframe thead th:empty")) {
      corner.replaceWith(document.createElement("td"));
    }
  }

  function ready() {
    noTrouble("slow");
    ROOT.dataset.state = "ready";
    // A page without a server is kept, with the whole course, to be opened without a network.
    if (pageConfig()?.worker) navigator.serviceWorker?.register("offline.js").catch(console.warn);
    awaitFigures();
    if (arrivals.manager()) return;
    completed();
    manager()?.kernel?.connectionStatusChanged.connect((_, status) => connection(status));
  }

  function awaitFigures() {
    byId("starting").hidden = arrivals.figuresHere() || !document.querySelector(".tw-figure-view");
    if (arrivals.figuresHere()) {
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
    return config?.kernelId && `${config.baseUrl}${path}/${config.kernelId}`;
  }

  // Why the kernel was ended; "" while it exists, "offline" if the server does not answer.
  async function kernelsEnd() {
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
    if (ROOT.dataset.state === "ready" || pageConfig()?.worker) return;
    kernelsEnd().then((end) => {
      const known = end === "offline" ? ROOT.dataset.state === "seen" : cellsWritten;
      if (end && known) trouble(end);
    });
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

  // Voilà ends the kernel on beforeunload, which also fires when the page stays: for a mail link or
  // a download. This ends it only when the page is really gone.
  addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);
  addEventListener("pagehide", () => {
    const url = kernelUrl("voila/api/shutdown");
    if (url) navigator.sendBeacon(url);
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  darkPreferred.addEventListener("change", dress);
  let wired = false;
  // Called where everything visible of a page is there, which may be before the page's end.
  function wire() {
    if (wired) return;
    wired = true;
    wireSwitches();
    measureBars();
    dress();
    byId("trouble-button")?.addEventListener("click", () => location.reload());
  }
  document.addEventListener("DOMContentLoaded", () => {
    wire();
    if (ROOT.dataset.state !== "starting") return;
    if (!cellsWritten && !broken) trouble("broken"); // the response was cut off
  });
  if (ROOT.dataset.state === "starting") {
    addEventListener("tw-drawn", check); // a figure has been drawn
    checking = setTimeout(check, CHECK_MS);
    setTimeout(stayAlive, ALIVE_MS);
  }
  dress();
  return { dress, begin: arrivals.begin, voila: arrivals.voila, wire, step, waiting, restart, legible, written, trouble };
})();
