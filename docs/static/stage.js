// Shows the widgets of a lesson without a kernel: each is drawn by its own script from the state
// that the page brings along. Boxes and buttons, whose scripts are Jupyter's, are made here.

const LIVE = /\.(FigureView|Prose|SignalPath)$/; // these need no kernel to answer
const sources = {};

// The widgets look here for the theme of the page.
function followTheme() {
  const { theme } = document.body.dataset;
  const dark = theme === "dark" || (theme !== "light" && preferred.matches);
  document.body.dataset.jpThemeLight = String(!dark);
}
const preferred = matchMedia("(prefers-color-scheme: dark)");
preferred.addEventListener("change", followTheme);
new MutationObserver(followTheme).observe(document.body, { attributeFilter: ["data-theme"] });
followTheme();

// Where the figure view looks for plotly.js before it asks for it.
globalThis[Symbol.for("twitchlib.plotly")] = Promise.resolve(globalThis.Plotly);

function element(tag, classes, text) {
  const made = document.createElement(tag);
  made.className = classes;
  if (text !== undefined) made.textContent = text;
  return made;
}

// A widget's state with its buffers back in their places.
function unpacked({ state, buffers }) {
  for (const { path, data } of buffers) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const last = path.pop();
    path.reduce((node, name) => node[name], state)[last] = new DataView(bytes.buffer);
  }
  return state;
}

function modelOf(state) {
  const nothing = () => {};
  return {
    get: (name) => state[name],
    set: (name, value) => (state[name] = value),
    on: nothing,
    off: nothing,
    send: nothing,
    save_changes: nothing,
  };
}

const modules = {};

// A widget's script exports what it can do, or a function that returns it, anew for each model.
async function behaviour(key) {
  modules[key] ??= import(
    URL.createObjectURL(new Blob([sources[key]], { type: "text/javascript" }))
  );
  const { default: widget } = await modules[key];
  return typeof widget === "function" ? widget() : widget;
}

function styleOnce(key) {
  if (!sources[key] || document.getElementById(`tw-style-${key}`)) return;
  const style = element("style", "", sources[key]);
  style.id = `tw-style-${key}`;
  document.head.append(style);
}

async function drawOwn(state, el) {
  styleOnce(state._css);
  const widget = await behaviour(state._esm);
  const world = { model: modelOf(state), signal: new AbortController().signal };
  await widget.initialize?.(world);
  await widget.render({ ...world, el });
  if (!LIVE.test(state._anywidget_id)) el.inert = true;
}

function drawJupyters(state, el) {
  if (state.kind === "ButtonModel") {
    const button = element("button", "jupyter-button", state.description);
    button.disabled = true;
    return button;
  }
  if (state.kind === "HTMLModel") el.innerHTML = state.value;
  if (state.kind === "FloatProgressModel" || state.kind === "IntProgressModel") {
    const bar = element("progress", "");
    Object.assign(bar, { max: state.max, value: state.value });
    el.append(bar);
  }
  return el;
}

async function draw(name, models) {
  const state = unpacked(models[name]);
  let el = element("div", "");
  if (state._esm) await drawOwn(state, el);
  else el = drawJupyters(state, el);
  el.classList.add(...(state._dom_classes ?? []));
  if (state.children) {
    el.classList.add("widget-box", state.kind === "VBoxModel" ? "widget-vbox" : "widget-hbox");
    for (const child of state.children) {
      el.append(await draw(child.replace("IPY_MODEL_", ""), models));
    }
  }
  return el;
}

async function show(place) {
  const { root, models, sources: more } = JSON.parse(place.querySelector("script").textContent);
  Object.assign(sources, more);
  place.append(await draw(root, models));
}

// In order: the first output on a page brings the scripts that later ones use.
(async () => {
  for (const place of document.querySelectorAll(".tw-stage")) await show(place);
  document.documentElement.dataset.stage = "ready";
})();
