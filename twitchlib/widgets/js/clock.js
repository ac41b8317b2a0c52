// One moment for everything that shows the same time: a drawing, its figures, their sound.

const CLOCKS = Symbol.for("twitchlib.clocks");

/** The clock of this name, shared by all scripts of the page. */
function clockOf(name) {
  const clocks = (globalThis[CLOCKS] ??= new Map());
  if (!clocks.has(name)) clocks.set(name, makeClock(() => clocks.delete(name)));
  return clocks.get(name);
}

function makeClock(discard) {
  const watchers = new Set();
  let time = null; // in seconds, once something has set it
  let source = null; // while it runs, a function that returns the time

  const notify = () => watchers.forEach((watcher) => watcher());

  function tick() {
    if (!source) return;
    const next = source();
    if (next === null) source = null;
    else time = next;
    notify();
    if (source) requestAnimationFrame(tick);
  }

  // A hidden page gets no frames: its clock stops instead of jumping ahead.
  const stop = () => {
    if (!source) return;
    source = null;
    notify();
  };
  const onVisibility = () => document.hidden && stop();
  document.addEventListener("visibilitychange", onVisibility);

  return {
    get time() {
      return time;
    },
    /** Whether it is run by this source or, if none is given, by any. */
    runs: (by) => (by ? source === by : source !== null),
    stop,
    /** Show a moment. */
    set(next) {
      source = null;
      time = next;
      notify();
    },
    /** Follow `next`, a function that returns the time in seconds, or null at the end. */
    run(next) {
      const idle = !source;
      source = next;
      if (idle) requestAnimationFrame(tick);
      notify();
    },
    /** Call `watcher` at each change, until `signal` aborts. */
    watch(watcher, signal) {
      watchers.add(watcher);
      signal.addEventListener("abort", () => {
        watchers.delete(watcher);
        if (watchers.size) return;
        stop();
        document.removeEventListener("visibilitychange", onVisibility);
        discard();
      });
    },
  };
}
