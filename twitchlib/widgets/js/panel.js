// Shared by the panels: Python puts this file before theirs to make one module.

const NOTES = {
  failed: gettext("That change could not be shown. Move a control to try again."),
  slow: gettext("Still working…"),
  lost: gettext("Connection lost. Trying to reach the server again…"),
  ended: gettext(
    "These controls have lost their session and no longer answer. Reload the page to go on " +
    "(in a notebook, run the cell again)."),
};
const SLOW_MS = 1000;
const LOST_MEMORY = ["dead", "restarting", "autorestarting"]; // a kernel that knows us no more

/** Make an element; strings become text, never markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/**
 * The panel's own element. JupyterLab takes arrow keys and Enter for the notebook unless the very
 * element that has the focus says that it needs them.
 */
function makePanel(...children) {
  const panel = make("div", { class: "tw-panel" }, ...children);
  panel.addEventListener("focusin", ({ target }) => {
    target.setAttribute("data-lm-suppress-shortcuts", "true");
  });
  return panel;
}

/** Change a text where it is another: what is left alone is not read out again. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Have the browser save a file. */
function saveFile(name, content, type) {
  const href = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** An id that no other view on the page has. */
function uniqueId() {
  return `tw-${Math.random().toString(36).slice(2)}`;
}

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
