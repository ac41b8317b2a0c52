// Loads what a page needs besides its text: its front end, and plotly.js for the figures. On a slow
// connection they wait for the page itself, which ends with the widgets' states, and the figures also
// wait for the controls. Goes in the head, before page.js.

/**
 * @param {object} page
 * @param {boolean} page.slow Whether the connection is slow and to be used sparingly.
 * @param {() => void} page.sign Called at each sign of life.
 * @param {() => object} page.pageConfig What the page knows about its kernel, once it is written.
 * @param {() => Promise | undefined} page.placed Called when every output in view is in its place; returns a promise
 *   to wait for before plotly.js is started.
 * @param {() => void} page.trouble Called if the front end does not arrive.
 */
function arrivalsOf({ slow, sign, pageConfig, placed, trouble }) {
  const ATTEMPTS = 6;
  const RETRY_MS = 1000; // doubled each time
  const PAUSE_MS = 2000;
  const COUNTED_MS = 2000;
  const BASE64 = 0.77; // its compressed size, as a fraction

  let parts = {};
  let asked = false;
  let ours; // the manager of our own front end; null if it left the page to Voilà's
  const got = {}; // bytes of each part received, uncompressed
  let counting = 0; // milliseconds during which bytes arrived
  let counted = 0; // the last time it was updated
  let onWritten;
  const whenWritten = new Promise((resolve) => { onWritten = resolve; });
  let onFigures;
  const whenFigures = new Promise((resolve) => { onFigures = resolve; });
  let figuresHere = false;
  whenFigures.then(() => { figuresHere = true; });

  // A figure waits for the page's plotly.js, rather than fetch it a second time.
  globalThis[Symbol.for("twitchlib.arrival")] = (url) =>
    parts.figures?.url === new URL(url, document.baseURI).href ? whenFigures : Promise.resolve();

  function begin(known, worker = "") {
    if (worker) startPython(worker);
    const whole = ([name, part]) => [name, { ...part, url: new URL(part.url, document.baseURI).href }];
    parts = Object.fromEntries(Object.entries(known).map(whole));
    if (!slow) fetchParts();
  }

  // A page without a server has Python in a worker, which takes longest, so the first worker starts at once. A worker
  // made from a script of the page's own obeys the page's policy, whatever server sends the rest.
  function startPython(script) {
    const code = `import ${JSON.stringify(new URL(script, document.baseURI).href)};`;
    const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const make = () => new Worker(address, { type: "module" });
    let first = make();
    first.addEventListener("error", () => { first.failed = true; });
    globalThis[Symbol.for("twitchlib.worker")] = () => {
      const made = first ?? make();
      first = null;
      return made;
    };
  }

  function fetchParts() {
    if (asked) return;
    asked = true;
    (parts.front ? comeAlive() : borrowFrontEnd()).catch((error) => {
      console.error(error);
      trouble();
    });
  }

  async function comeAlive() {
    const looks = wear("looks");
    const [front, common] = await Promise.all([module("front"), module("common"), looks, whenWritten]);
    ours = await front.start(pageConfig(), common);
    if (ours) await placed();
    else await borrowFrontEnd(); // an output of an unknown kind, or widgets that the page does not carry
    await fetchFigures(); // unless the connection is slow, plotly.js has arrived by now, but is started only here
  }

  // A browser compiles a module while it arrives, but does not say how much of it is there. If it takes
  // long it is fetched as well, for which the browser uses what it already has.
  async function module(name) {
    const { url, bytes } = parts[name];
    if (slow) {
      await fetchPart(name);
      return import(url);
    }
    const counting = setTimeout(() => fetchPart(name).catch(() => {}), COUNTED_MS);
    try {
      return await import(url);
    } catch {
      await fetchPart(name);
      return await import(`${url}#again`); // some browsers remember that an address has failed
    } finally {
      clearTimeout(counting);
      count(name, bytes);
    }
  }

  // Voilà's front end, in many files that it fetches itself.
  async function borrowFrontEnd() {
    if (pageConfig()?.worker) throw new Error("twitchlib: this page shows something that it does not carry");
    const seen = new PerformanceObserver((list) => {
      sign();
      for (const file of list.getEntries()) got.voila = (got.voila ?? 0) + file.encodedBodySize;
    });
    seen.observe({ type: "resource" });
    if (slow || ours === null) await whenWritten;
    repeatLoad();
    const script = document.createElement("script");
    script.src = await whenNamed;
    document.head.append(script);
    if (ours !== null) await fetchFigures();
  }

  // Voilà's front end starts when the page has loaded, and would wait for ever if that has already happened.
  function repeatLoad() {
    const { addEventListener } = window;
    window.addEventListener = (kind, listener, ...options) => {
      if (kind === "load" && document.readyState === "complete") setTimeout(listener, 0, new Event(kind));
      else addEventListener.call(window, kind, listener, ...options);
    };
  }

  let onNamed;
  const whenNamed = new Promise((resolve) => { onNamed = resolve; });

  async function fetchFigures() {
    let arrived;
    try {
      if (parts.figures) arrived = await module("figures");
    } catch (error) {
      console.error(error); // each figure retries, and reports failure
    }
    onFigures(arrived);
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
    // While the page waits for an answer, the speed of the connection cannot be measured.
    if (counted) counting += Math.min(now - counted, PAUSE_MS);
    counted = now;
    got[name] = here;
    sign();
  }

  function link(rel, href) {
    const made = Object.assign(document.createElement("link"), { rel, href });
    document.head.append(made);
    return made;
  }

  async function wear(name) {
    if (slow) await fetchPart(name);
    const worn = () => new Promise((resolve) => {
      const looks = link("stylesheet", parts[name].url);
      looks.onload = () => resolve(true);
      looks.onerror = () => resolve(false);
    });
    if (!(await worn())) {
      await fetchPart(name);
      await worn();
    }
    count(name, parts[name].bytes);
  }

  const KB = 1000;

  // Overall progress, in words and as a fraction.
  function progress() {
    if (!asked && !parts.states) return { words: "", share: 0 };
    if (!parts.front || got.voila) {
      const arrived = Math.round((got.voila ?? 0) / KB);
      if (!arrived || !slow) return { words: "", share: 0 };
      return { words: gettext("Its figures and controls are on their way: {arrived} kB so far", { arrived }), share: 0.5 };
    }
    const ready = document.documentElement.dataset.state === "ready";
    if (ours && figuresHere && !ready) {
      return { words: gettext("The figures and controls are here; your own copy, which answers, is on its way"), share: 1 };
    }
    const known = Object.entries(parts); // compressed and uncompressed sizes
    const all = known.reduce((sum, [, { sent }]) => sum + sent, 0);
    const here = known.reduce((sum, [name, { bytes, sent }]) => sum + ((got[name] ?? 0) / bytes) * sent, 0);
    const values = { arrived: Math.round(here / KB), all: Math.round(all / KB) };
    const far = gettext("{arrived} of {all} kB", values);
    let what = gettext("Its figures and controls are on their way");
    if (ready) what = gettext("The controls work; the figures are on their way");
    else if (ours) what = gettext("The controls are here; the figures are on their way");
    const seconds = ((all - here) * counting) / (1000 * Math.max(here, 1));
    const left = here < all / 50 || seconds < 10 ? "" : timeLeft(seconds);
    return { words: `${what}: ${left ? `${far}, ${left}` : far}`, share: here / all };
  }

  // How much of the widgets' states, the last part of the page itself, has been read.
  function countStates() {
    if (!parts.states || got.states === parts.states.bytes) return;
    const here = document.getElementById("widget-states")?.textContent.length ?? 0;
    if (here > (got.states ?? 0)) count("states", here);
  }

  function timeLeft(seconds) {
    return seconds < 90
      ? gettext("about {seconds} s to go", { seconds: 10 * Math.ceil(seconds / 10) })
      : gettext("about {minutes} min to go", { minutes: Math.ceil(seconds / 60) });
  }

  return {
    begin,
    fetch: fetchParts,
    voila: onNamed,
    progress,
    manager: () => ours,
    figuresHere: () => figuresHere,
    look: countStates,
    legible(states) {
      if (states) parts = { ...parts, states: { bytes: states, sent: Math.round(BASE64 * states) } };
    },
    written() {
      countStates();
      onWritten();
      fetchParts();
    },
  };
}
