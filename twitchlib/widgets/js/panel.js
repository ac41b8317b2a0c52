// Shared by the panels: how a change travels to Python, and how a view follows what Python says.

const SLOW_MS = 1000;
const LOST_MEMORY = ["dead", "restarting", "autorestarting"]; // a kernel that knows us no more

/**
 * Send changes to Python, one at a time: the next leaves when the last was answered, and by then
 * it is the newest (`merge` says how two unsent changes become one).
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
    if (returned && inFlight) dispatch(); // it may have been lost on the way
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
      waiting = waiting ? merge(waiting, edit) : edit;
      post();
    },
    /** What Python has not answered yet, as one change, or null: what it says of that is old. */
    get pending() {
      return waiting && inFlight ? merge(inFlight.edit, waiting) : (waiting ?? inFlight?.edit ?? null);
    },
    /** Have `view` called after every change of state, until `until` is aborted. */
    watch(view, until) {
      views.add(view);
      until.addEventListener("abort", () => views.delete(view));
      view();
    },
    /** What there is to say about the connection, or nothing. */
    note() {
      if (connection) return NOTES[connection];
      if (slow) return NOTES.slow;
      return model.get("_shown").failed ? NOTES.failed : "";
    },
  };
}

/**
 * What the script of a panel exports. The outbox belongs to the model, and its views share it.
 *
 * `build` makes a view: its `element`, and `update(shown, pending)`, which brings it up to what
 * Python says but for what is `pending`, and returns what the status line says when there is
 * nothing to say of the connection. `share` makes what the views of a model share besides.
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
