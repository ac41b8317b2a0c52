// One moment for everything that shows the same time: a drawing, its figures, their sound.

const CLOCKS = Symbol.for("twitchlib.clocks");

/** The clock of this name, the same for all scripts of the page. */
function clockOf(name) {
  const clocks = (globalThis[CLOCKS] ??= new Map());
  if (!clocks.has(name)) clocks.set(name, makeClock(() => clocks.delete(name)));
  return clocks.get(name);
}

function makeClock(unused) {
  const watchers = new Set();
  let time = null; // seconds, once anything has shown one
  let source = null; // what makes it run: a function that returns the time

  const tell = () => watchers.forEach((watcher) => watcher());

  function tick() {
    if (!source) return;
    const next = source();
    if (next === null) source = null;
    else time = next;
    tell();
    if (source) requestAnimationFrame(tick);
  }

  // A page that is not seen gets no frames: it stops instead of jumping ahead.
  const stop = () => {
    if (!source) return;
    source = null;
    tell();
  };
  const onVisibility = () => document.hidden && stop();
  document.addEventListener("visibilitychange", onVisibility);

  return {
    get time() {
      return time;
    },
    /** Whether it runs, by this source or by any. */
    runs: (by) => (by ? source === by : source !== null),
    stop,
    /** Show a moment. */
    set(next) {
      source = null;
      time = next;
      tell();
    },
    /** Follow `next`, a function that returns the time in seconds, or null when it is over. */
    run(next) {
      const idle = !source;
      source = next;
      if (idle) requestAnimationFrame(tick);
      tell();
    },
    /** Call `watcher` at each change, until `signal` aborts. */
    watch(watcher, signal) {
      watchers.add(watcher);
      signal.addEventListener("abort", () => {
        watchers.delete(watcher);
        if (watchers.size) return;
        stop();
        document.removeEventListener("visibilitychange", onVisibility);
        unused();
      });
    },
  };
}
