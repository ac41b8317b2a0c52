// Shared by the panels: sends changes to Python, and keeps views up to date with Python's state.

const SLOW_MS = 1000;
const LOST_MEMORY = ["dead", "restarting", "autorestarting"]; // the kernel no longer knows us

/**
 * Send changes to Python, one at a time: the next goes out once the last has been answered, and holds
 * everything that has changed by then (`merge` combines two unsent changes).
 */
function createOutbox(model, merge, signal) {
  const views = new Set();
  const sender = uniqueId();
  let sent = 0;
  let inFlight = null;
  let waiting = null;
  let slow = false;
  let slowTimer;
  let connection = "";

  function show() {
    for (const view of views) view();
  }

  function dispatch() {
    try {
      model.send(inFlight);
    } catch {
      connection = "ended"; // the kernel is known to be dead
    }
  }

  function post() {
    if (inFlight || !waiting) return;
    inFlight = { turn: `${sender}-${++sent}`, edit: waiting };
    waiting = null;
    slowTimer = setTimeout(() => {
      slow = true;
      show();
    }, SLOW_MS);
    dispatch();
  }

  function answered() {
    if (model.get("_shown").answers === inFlight?.turn) {
      inFlight = null;
      slow = false;
      clearTimeout(slowTimer);
    }
    show();
    post();
  }

  function connected(next) {
    if (connection === next || connection === "ended") return;
    const returned = connection === "lost" && next === "";
    connection = next;
    if (returned && inFlight) dispatch(); // it may have been lost in transit
    show();
  }

  model.on("change:_shown", answered);
  model.on("change:_spec", show);
  model.on("comm_live_update", () => connected("ended"));
  const kernel = model.widget_manager?.kernel;
  if (kernel?.statusChanged && kernel.connectionStatusChanged) {
    const onStatus = (_, status) => LOST_MEMORY.includes(status) && connected("ended");
    const onConnection = (_, status) =>
      connected({ connected: "", connecting: "lost", disconnected: "ended" }[status] ?? "");
    kernel.statusChanged.connect(onStatus);
    kernel.connectionStatusChanged.connect(onConnection);
    signal.addEventListener("abort", () => {
      kernel.statusChanged.disconnect(onStatus);
      kernel.connectionStatusChanged.disconnect(onConnection);
    });
  }

  return {
    send(edit) {
      if (kernel?.answers === false) return; // a page without a kernel
      waiting = waiting ? merge(waiting, edit) : edit;
      post();
    },
    /** The unanswered changes, merged, or null if there are none: Python's state is outdated there. */
    get pending() {
      return waiting && inFlight ? merge(inFlight.edit, waiting) : (waiting ?? inFlight?.edit ?? null);
    },
    /** Call `view` after every change of state, until `until` is aborted. */
    watch(view, until) {
      views.add(view);
      until.addEventListener("abort", () => views.delete(view));
      view();
    },
    /** A message about the connection, or an empty one. */
    note() {
      if (connection) return NOTES[connection];
      if (slow) return NOTES.slow;
      return model.get("_shown").failed ? NOTES.failed : "";
    },
  };
}

/**
 * The exports of a panel's script. The outbox belongs to the model, and its views share it.
 *
 * `build` makes a view: its `element`, and `update(shown, pending)`, which brings it up to date with
 * Python except for what is `pending`, and returns the status line for when there is no message
 * about the connection. `share` makes anything else that the views of a model share.
 */
function panelOf(build, { merge = (_, later) => later, share = () => null } = {}) {
  return () => {
    let outbox, shared;
    return {
      initialize({ model, signal }) {
        outbox = createOutbox(model, merge, signal);
        shared = share(model, outbox.send, signal);
      },
      render({ model, el, signal }) {
        const status = make("p", { class: "tw-status", role: "status" });
        const view = build({ model, spec: model.get("_spec"), send: outbox.send, status, shared });
        el.append(view.element);
        outbox.watch(() => {
          const said = view.update(model.get("_shown"), outbox.pending);
          say(status, outbox.note() || said || "");
        }, signal);
      },
    };
  };
}
