// A plotly figure on the page. The kernel keeps the figure as flat state, one key per leaf
// ("layout.title", "data.0", "data.0.y", …), and sends only leaves that changed; the views here
// rebuild the figure from the model, so a view created later is as complete as the first.

const PLOTLY = Symbol.for("twitchlib.plotly");
const TESTED = "4.1.1"; // the version of plotly.js whose private state `redrawLines` knows
const ARRIVAL = Symbol.for("twitchlib.arrival");
const WAITING_MS = 500;
const SETTLED_MS = 500;
const DEFAULT_HEIGHT_PX = 360;
const ROWS_ON_PAGE = 200;
const CONFIG = { displayModeBar: false, responsive: false, showTips: false };
const TYPES = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
};

// ---------------------------------------------------------------- plotly.js, once per page

async function plotly(model, signal) {
  for (;;) {
    try {
      return await (globalThis[PLOTLY] ??= load(model, signal));
    } catch (error) {
      delete globalThis[PLOTLY];
      // The view that asked the kernel may be gone before the answer: ask again.
      if (error !== GONE || signal.aborted) throw error;
    }
  }
}

async function load(model, signal) {
  const served = document.querySelector('meta[name="twitchlib-plotly"]')?.content;
  if (served) {
    const arrived = await globalThis[ARRIVAL]?.(served); // the page is fetching it already
    return (arrived ?? (await import(new URL(served, document.baseURI).href))).default;
  }
  const code = await askKernel(model, signal);
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    return (await import(url)).default;
  } finally {
    URL.revokeObjectURL(url);
  }
}

const GONE = new Error("the view that asked for plotly.js has gone");

function askKernel(model, signal) {
  return new Promise((resolve, reject) => {
    const answer = (content, buffers) => {
      if (content?.plotly !== "here") return;
      model.off("msg:custom", answer);
      resolve(buffers[0]);
    };
    model.on("msg:custom", answer);
    signal.addEventListener("abort", () => reject(GONE), { once: true });
    model.send({ plotly: "wanted" });
  });
}

// ---------------------------------------------------------------- state → figure

const decoded = new WeakMap();

// A leaf as a typed array, the same object as long as the leaf is the same, so that plotly.js can tell
// what has not changed. NaN stays NaN, which plotly.js draws as a gap.
function decode(leaf) {
  if (!(leaf?.bdata instanceof DataView)) return leaf;
  if (!decoded.has(leaf)) {
    const { buffer, byteOffset, byteLength } = leaf.bdata;
    // Copied, since a typed array must be aligned to its item size.
    const flat = new TYPES[leaf.dtype](buffer.slice(byteOffset, byteOffset + byteLength));
    const [rows, columns] = leaf.shape;
    decoded.set(
      leaf,
      columns === undefined
        ? flat
        : Array.from({ length: rows }, (_, i) => flat.subarray(i * columns, (i + 1) * columns)),
    );
  }
  return decoded.get(leaf);
}

// A fresh copy of the figure (plotly.js modifies its input), with its colours replaced.
function assemble(model, colours) {
  const figure = { data: [], layout: {} };
  for (const path of model.get("_paths")) {
    const names = path.split(".");
    const last = names.pop();
    const parent = names.reduce((node, name) => (node[name] ??= {}), figure);
    parent[last] = recolour(decode(model.get(path)), colours);
  }
  return figure;
}

function recolour(value, colours) {
  if (typeof value === "string") return colours ? replaceColours(value, colours) : value;
  if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    return ArrayBuffer.isView(value[0]) ? value : value.map((item) => recolour(item, colours));
  }
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, recolour(v, colours)]));
}

// Colours may appear alone, with an alpha, as rgb() or inside the markup of a label.
function replaceColours(text, colours) {
  return text
    .replace(/#([\da-f]{6})(?=(?:[\da-f]{2})?\b)/gi, (hex) => colours[hex.toLowerCase()] ?? hex)
    .replace(/(rgba?\(\s*)(\d+)(\s*,\s*)(\d+)(\s*,\s*)(\d+)/gi, (all, before, r, comma, g, comma2, b) => {
      const hex = [r, g, b].map((n) => (+n).toString(16).padStart(2, "0")).join("");
      const other = colours[`#${hex}`];
      if (!other) return all;
      const [r2, g2, b2] = [1, 3, 5].map((i) => parseInt(other.slice(i, i + 2), 16));
      return before + r2 + comma + g2 + comma2 + b2;
    });
}

// ---------------------------------------------------------------- figure → page

// The title appears above the plot as page text, where it wraps on a phone and can be selected;
// the space that the figure reserved for it is removed.
function takeTitle(layout) {
  const { title } = layout;
  if (!title?.text) return { title: "", room: 0 };
  const base = layout.template?.layout ?? {};
  const margin = layout.margin?.t ?? base.margin?.t ?? 100;
  const size = title.font?.size ?? base.title?.font?.size ?? 17;
  const text = plain(title.text);
  const after = Math.min(margin, Math.max(16, margin - 1.5 * size * text.split("\n").length));
  delete layout.title;
  layout.margin = { ...layout.margin, t: after };
  return { title: text, room: margin - after };
}

function adapt(layout) {
  const base = layout.template?.layout ?? {};
  layout.paper_bgcolor = "rgba(0,0,0,0)";
  if (!base.plot_bgcolor) layout.plot_bgcolor ??= layout.paper_bgcolor;
  layout.autosize = false;
  // A finger on the plot scrolls the page, unless the figure sets what dragging does.
  if (!base.dragmode) layout.dragmode ??= false;
  layout.uirevision ??= "kept";
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) delete layout.transition;
}

// The state that the figure is drawn from, to find out later what has changed.
const leavesOf = (model) => new Map(model.get("_paths").map((path) => [path, model.get(path)]));

// Most updates bring new numbers for lines whose axes stay put. plotly.js has no public way to
// redraw only a line (react takes ten times as long, most of it for the axes), so this performs
// the steps that react would: new values, calc, plot. They write plotly.js's private state, so they
// run only with the version that they were tested with. In any doubtful case this returns false and
// leaves the work to react.
function redrawLines(plot, old, leaves) {
  const changed = [];
  for (const [path, leaf] of leaves) {
    if (old.get(path) === leaf || path === "layout.title" || path === "layout.meta") continue;
    const [, index, letter] = /^data\.(\d+)\.([xy])$/.exec(path) ?? [];
    if (!letter || !old.has(path)) return false;
    changed.push({ index: +index, letter, leaf, before: old.get(path) });
  }
  const hasExtras = (index) =>
    [...leaves.keys()].some((path) => /^\.(hover|error_)/.test(path.replace(`data.${index}`, "")));
  const lengthOf = (index, letter) => leaves.get(`data.${index}.${letter}`)?.shape?.[0];
  const { _fullData, _fullLayout, calcdata } = plot;
  const simple = changed.every(({ index, leaf, before }) => {
    const trace = _fullData?.[index];
    if (trace?.type !== "scatter" || trace.visible !== true) return false;
    const [points] = leaf.shape ?? [];
    if (!leaf.bdata || points === undefined) return false;
    // The number of points may change if both coordinates have it.
    const [x, y] = [lengthOf(index, "x"), lengthOf(index, "y")];
    if (points !== before.shape?.[0] && x !== y) return false;
    const axes = ["x", "y"].map((l) => _fullLayout[trace[`${l}axis`].replace(l, `${l}axis`)]);
    const fixed = axes.every((a) => a.autorange === false && ["linear", "log"].includes(a.type));
    return fixed && !trace.stackgroup && !hasExtras(index) && trace._module?.calc;
  });
  const known = old.size === leaves.size && calcdata && _fullLayout._basePlotModules;
  if (!simple || !known) return false;
  for (const { index, letter, leaf } of changed) {
    plot.data[index][letter] = _fullData[index][letter] = decode(leaf);
  }
  for (const index of new Set(changed.map((change) => change.index))) {
    const length = lengthOf(index, "x");
    if (length !== undefined && length === lengthOf(index, "y")) _fullData[index]._length = length;
    const points = _fullData[index]._module.calc(plot, _fullData[index]);
    if (!points.length) points.push({ x: undefined, y: undefined }); // as plotly.js does
    Object.assign(points[0], { t: calcdata[index][0].t, trace: _fullData[index] });
    calcdata[index] = points;
  }
  if (changed.length) _fullLayout._basePlotModules.forEach((module) => module.plot(plot));
  return true;
}

// plotly's text is a small subset of HTML: this leaves plain text, one line for each <br>.
function plain(markup) {
  const lines = String(markup ?? "").replace(/<br\s*\/?>/gi, "\n");
  return new DOMParser().parseFromString(lines, "text/html").body.textContent;
}

const oneLine = (markup) => plain(markup).replace(/\s+/g, " ").trim();

// At most one drawing at a time and one per frame. However many are requested in the meantime, only
// one more follows, of the latest state.
function coalesce(draw, signal) {
  let wanted = false;
  let running = false;
  return async () => {
    wanted = true;
    if (running) return;
    running = true;
    while (wanted && !signal.aborted) {
      wanted = false;
      await draw();
      await new Promise(requestAnimationFrame);
    }
    running = false;
  };
}

// ---------------------------------------------------------------- figure → table

function tabulate({ data, layout }) {
  if (layout.meta?.table) return layout.meta.table;
  const columns = [];
  const column = (name, values) => {
    const known = columns.some((c) => c.name === name && same(c.values, values));
    if (!known) columns.push({ name, values });
  };
  for (const trace of data) {
    // Traces without hover text are decoration: a threshold, the previous state.
    if (trace.visible === false || trace.hoverinfo === "skip") continue;
    const x = axisTitle(layout, trace, "x");
    const y = axisTitle(layout, trace, "y");
    const own = oneLine(trace.name);
    if (trace.z) {
      const [across, down] = [trace.x ?? count(trace.z[0]), trace.y ?? count(trace.z)];
      const cells = trace.z.flatMap((row, i) => Array.from(row, (z, j) => [across[j], down[i], z]));
      const z = oneLine(trace.colorbar?.title?.text) || own || "z";
      [x, y, z].forEach((name, k) => column(name, cells.map((cell) => cell[k])));
      continue;
    }
    const values = trace.orientation === "h" ? trace.x : trace.y;
    column(x, trace.x ?? count(values ?? []));
    column(own && own !== y ? `${own}: ${y}` : y, trace.y ?? count(values ?? []));
  }
  const length = Math.max(0, ...columns.map((c) => c.values.length));
  return {
    columns: columns.map((c) => c.name),
    rows: Array.from({ length }, (_, i) => columns.map((c) => c.values[i])),
  };
}

function axisTitle(layout, trace, letter) {
  const axis = layout[`${letter}axis${trace[`${letter}axis`]?.slice(1) ?? ""}`];
  return oneLine(axis?.title?.text) || letter;
}

const count = (values) => Array.from(values, (_, i) => i);

const same = (a, b) => a === b || (a.length === b.length && a.every((v, i) => Object.is(v, b[i])));

const missing = (value) => value === null || value === undefined || Number.isNaN(value);

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

function csv({ columns, rows }) {
  const cell = (value) => {
    if (missing(value)) return "";
    if (typeof value === "number") return String(value);
    // A spreadsheet runs text that looks like a formula, unless a quote mark precedes it.
    const text = String(value).replace(/^\s*[=+\-@＝＋－＠]/, "'$&");
    return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  // Without a byte order mark, Excel misreads µ and –.
  return "\ufeff" + [columns, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
}

function shortened(value) {
  if (missing(value)) return "–";
  return typeof value === "number" ? `${+value.toPrecision(5)}`.replace("-", "−") : value;
}

function fillTable(box, name, { columns, rows }) {
  const empty = gettext("{name}: nothing to show yet", { name });
  const shown = rows.slice(0, ROWS_ON_PAGE);
  const looks = columns.map((_, i) =>
    shown.some((row) => typeof row[i] === "number") ? { class: "tw-number" } : {},
  );
  const head = columns.map((title, i) => make("th", { scope: "col", ...looks[i] }, plain(title)));
  const body = shown.map((row) =>
    make("tr", {}, ...row.map((value, i) => make("td", looks[i], shortened(value)))));
  box.replaceChildren(make("table", {}, make("caption", {}, rows.length ? name : empty),
    make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)));
  if (rows.length > ROWS_ON_PAGE) {
    const counts = { shown: ROWS_ON_PAGE, all: rows.length };
    const note = gettext("The first {shown} of {all} rows. The CSV file has them all.", counts);
    box.append(make("p", {}, note));
  }
}

// ---------------------------------------------------------------- a moment

// A line at the moment that the drawing of the same dashboard shows. A click on the figure sets that moment.
function showMoment(plot, canvas, clock, signal) {
  const line = make("div", { class: "tw-figure-moment", "aria-hidden": "true", hidden: true });
  plot.append(line);
  let perUnit = 0; // seconds
  let from = 0;
  const axis = () => perUnit && canvas._fullLayout?.xaxis;

  function place() {
    const x = axis();
    const at = x && clock.time !== null ? x.l2p(from + clock.time / perUnit) : NaN;
    line.hidden = !(at >= -1 && at <= x._length + 1);
    if (!line.hidden) line.style.transform = `translateX(${x._offset + at}px)`;
  }

  plot.addEventListener("click", ({ clientX }) => {
    const x = axis();
    if (!x) return;
    const { left, width } = plot.getBoundingClientRect();
    const at = ((clientX - left) * plot.offsetWidth) / width - x._offset; // a page may zoom
    if (at >= 0 && at <= x._length) clock.set((x.p2l(at) - from) * perUnit);
  });
  clock.watch(place, signal);
  return (meta) => {
    perUnit = meta?.clock ?? 0;
    from = meta?.clock_from;
    const size = canvas._fullLayout?._size;
    if (size) Object.assign(line.style, { top: `${size.t}px`, height: `${size.h}px` });
    place();
  };
}

// ---------------------------------------------------------------- helpers

function save(name, extension, content, type) {
  const stem = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  saveFile(`${stem || "figure"}.${extension}`, content, type);
}

const isDark = (el) =>
  (el.closest("[data-jp-theme-light]") ?? document.body).dataset.jpThemeLight === "false";

// ---------------------------------------------------------------- the view

async function render({ model, el, signal }) {
  const id = uniqueId();
  el.classList.add("tw-figure-view");
  // Hidden from screen readers, which read it out as the name of the plot.
  const heading = make("div", { class: "tw-figure-title", "aria-hidden": "true" });
  const canvas = make("div", { class: "tw-figure-canvas" });
  const plot = make("div",
    { class: "tw-figure-plot", role: "img", "aria-describedby": `${id}-words` }, canvas);
  const words = make("figcaption", { id: `${id}-words`, "aria-live": "polite" });
  const menu = make("div",
    { class: "tw-figure-menu", role: "group", "aria-label": gettext("This figure as") });
  const box = make("div", {
    class: "tw-figure-table", id: `${id}-table`, role: "region", tabindex: "0", hidden: true,
    "aria-label": gettext("This figure as a table"),
  });
  const notes = make("div", { class: "tw-figure-notes" }, words, menu, box);
  el.append(make("figure", {}, heading, plot, notes));

  const asDrawn = () => assemble(model, null);
  const nameOf = ({ layout }) =>
    layout.meta?.name ?? (oneLine(layout.title?.text) || gettext("Figure"));
  let settling;

  function describe() {
    const { layout, data } = asDrawn();
    say(words, layout.meta?.description ?? "");
    if (!box.hidden) fillTable(box, nameOf({ layout }), tabulate({ data, layout }));
  }

  function settle() {
    clearTimeout(settling);
    settling = setTimeout(describe, SETTLED_MS);
  }

  const clock = model.get("clock") ? clockOf(model.get("clock")) : null;
  const atMoment = clock ? showMoment(plot, canvas, clock, signal) : () => {};
  let Plotly;
  let size = { width: 0, height: 0 };
  let drawn = null;

  async function draw() {
    const end = Plotly && size.width && size.height && !drawn ? await waitForTurn(plot) : null;
    try {
      if (!signal.aborted) await drawNow();
    } finally {
      if (end) {
        end();
        plot.dispatchEvent(new Event("tw-drawn", { bubbles: true }));
      }
    }
  }

  async function drawNow() {
    const colours = isDark(el) ? model.get("_dark") : null;
    const { data, layout } = assemble(model, colours);
    const name = nameOf({ layout });
    const { title, room } = takeTitle(layout);
    say(heading, title);
    plot.setAttribute("aria-label", name);
    plot.style.setProperty("--tw-asked", `${(layout.height ?? DEFAULT_HEIGHT_PX) - room}px`);
    // A hidden tab has no size yet; the observer calls again when it does.
    if (!Plotly || !size.width || !size.height) return;
    const leaves = leavesOf(model);
    const before = drawn;
    const frame = [colours !== null, size.width, size.height, room].join();
    drawn = { leaves, frame };
    try {
      const known = Plotly.version === TESTED && before?.frame === frame;
      if (known && redrawLines(canvas, before.leaves, leaves)) return;
      adapt(layout);
      fitTitles(layout, size);
      const height = fitRows(layout, size);
      fitColumns(layout, size);
      setScrolling(plot, height > size.height);
      await Plotly.react(canvas, data, Object.assign(layout, size, { height }), CONFIG);
      atMoment(layout.meta);
    } catch (error) {
      drawn = null;
      if (!signal.aborted) console.error("twitchlib: the figure could not be drawn", error);
    }
  }

  const redraw = coalesce(draw, signal);

  async function image(format) {
    const { data, layout } = asDrawn();
    layout.paper_bgcolor = "white";
    const image = await Plotly.toImage(
      { data, layout },
      {
        format,
        width: Math.max(640, size.width),
        height: layout.height ?? DEFAULT_HEIGHT_PX,
        scale: 2,
        imageDataOnly: true,
      },
    );
    const [type, content] =
      format === "svg"
        ? ["image/svg+xml", image]
        : ["image/png", Uint8Array.from(atob(image), (byte) => byte.charCodeAt(0))];
    save(nameOf({ layout }), format, content, type);
  }

  function addButton(label, attributes, act) {
    const onclick = () => act(button);
    const button = make("button", { type: "button", ...attributes, onclick }, label);
    menu.append(button);
  }

  const closed = { "aria-expanded": "false", "aria-controls": box.id };
  addButton(gettext("Table"), closed, (button) => {
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    describe();
  });
  const files = {
    PNG: () => image("png"),
    SVG: () => image("svg"),
    CSV: () => {
      const drawn = asDrawn();
      save(nameOf(drawn), "csv", csv(tabulate(drawn)), "text/csv");
    },
  };
  for (const [format, act] of Object.entries(files)) {
    addButton(format, { "aria-label": gettext("Download {format}", { format }) }, act);
  }

  const sizes = new ResizeObserver(([entry]) => {
    const { width, height } = entry.contentRect;
    size = { width: Math.floor(width), height: Math.floor(height) };
    placeNotes(el, notes, signal);
    redraw();
  });
  const theme = new MutationObserver(redraw);
  const changed = () => {
    redraw();
    settle();
  };

  signal.addEventListener("abort", () => {
    clearTimeout(settling);
    sizes.disconnect();
    theme.disconnect();
    model.off("change", changed);
    if (Plotly) Plotly.purge(canvas);
  });

  describe();
  sizes.observe(plot);
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  model.on("change", changed);
  const waiting = setTimeout(() => {
    plot.dataset.waiting = gettext("This figure is on its way.");
  }, WAITING_MS);
  const waited = () => {
    clearTimeout(waiting);
    delete plot.dataset.waiting;
  };
  plotly(model, signal).then(
    (module) => {
      waited();
      Plotly = module;
      redraw();
    },
    (error) => {
      waited();
      if (signal.aborted) return;
      const why = gettext("The figure could not be drawn: its drawing library did not load.");
      plot.textContent = why;
      console.error("twitchlib: plotly.js did not load", error);
    },
  );
}

export default { render };
