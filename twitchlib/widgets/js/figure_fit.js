// Fits a figure into its place: a stage gives it less height than it asks for.

const SMALL_PX = 12;
const NARROW_PX = 480;
const LINE = 1.2; // height of a line of text, in font sizes
const TICKS_PX = 48; // below a plot: the labels and the title of its horizontal axis
const ruler = document.createElement("canvas").getContext("2d");

const linesOf = (text) => String(text).split(/<br\s*\/?>/);

function widthOf(text, px, layout) {
  ruler.font = `${px}px ${layout.template?.layout?.font?.family ?? "sans-serif"}`;
  return Math.max(...linesOf(text).map((line) => ruler.measureText(line.replace(/<.*?>/g, "")).width));
}

/** Shorten and shrink axis titles so that none runs into another or off the figure. */
function fitTitles(layout, { width, height }) {
  const base = layout.template?.layout ?? {};
  const top = layout.margin?.t ?? base.margin?.t ?? 0;
  const beside = widest(layout.yaxis, layout) + 40;
  for (const [name, axis] of Object.entries(layout)) {
    const [, letter] = /^([xy])axis\d*$/.exec(name) ?? [];
    if (!letter || !axis.title?.text) continue;
    const [low, high] = axis.domain ?? [0, 1];
    const room = letter === "x" ? width - beside : (height - top - TICKS_PX) * (high - low) + 8;
    const size = axis.title.font?.size ?? base[`${letter}axis`]?.title?.font?.size ?? 14;
    const variants = titleVariants(axis.title.text, size);
    const last = letter === "x" ? variants.at(-1) : ["", size];
    const [text, px] = variants.find(([text, px]) => widthOf(text, px, layout) <= room) ?? last;
    layout[name] = { ...axis, title: { ...axis.title, text, font: { ...axis.title.font, size: px } } };
  }
}

const widest = (axis, layout) =>
  Math.max(0, ...(axis?.ticktext ?? []).map((text) => widthOf(text, axis.tickfont?.size ?? 14, layout)));

/**
 * Return the height that keeps the labels of a figure's rows apart, at least the height available. Where
 * that is short, or the labels would take more than a third of a phone's width, they are made smaller.
 */
function fitRows(layout, { width, height }) {
  const { yaxis, xaxis } = layout;
  if (!yaxis?.ticktext || !yaxis.range) return height;
  const title = linesOf(xaxis?.title?.text ?? "").length * 20;
  const labels = xaxis?.tickangle === -90
    ? widest(xaxis, layout)
    : Math.max(1, ...(xaxis?.ticktext ?? []).map((text) => linesOf(text).length)) * 18;
  const rest = (layout.margin?.t ?? 0) + title + labels + 20;
  const rows = yaxis.tickvals.map((at, i) => [at, linesOf(yaxis.ticktext[i]).length])
    .sort(([a], [b]) => a - b);
  const lines = rows.slice(1)
    .map(([at, count], i) => (count + rows[i][1]) / 2 / (at - rows[i][0]));
  const least = (px) =>
    rest + Math.max(0, ...lines) * px * LINE * Math.abs(yaxis.range[1] - yaxis.range[0]);
  const isWide = width < NARROW_PX && widest(yaxis, layout) > width / 3;
  if (!isWide && height >= least(14)) return height;
  layout.yaxis = { ...yaxis, tickfont: { ...yaxis.tickfont, size: SMALL_PX } };
  return Math.max(height, Math.ceil(least(SMALL_PX)));
}

/** Shrink the labels of a figure's columns, within reason, until they stay apart. */
function fitColumns(layout, { width }) {
  const { xaxis, yaxis } = layout;
  if (!xaxis?.ticktext || !xaxis.range || xaxis.tickangle !== 0) return;
  const columns = (width - widest(yaxis, layout) - 40) / Math.abs(xaxis.range[1] - xaxis.range[0]);
  const apart = Math.min(...xaxis.tickvals.slice(1).map((at, i) => Math.abs(at - xaxis.tickvals[i])));
  const size = xaxis.tickfont?.size ?? 14;
  const fitting = (size * (columns * apart - 4)) / widest(xaxis, layout);
  if (fitting < size) layout.xaxis = { ...xaxis, tickfont: { ...xaxis.tickfont, size: Math.max(10, fitting) } };
}

// The ways to write an axis title, the fullest first; the unit is the last to go.
function titleVariants(text, size) {
  const words = text.split(/\s+|<br\s*\/?>/);
  const middle = words.map((_, i) => [words.slice(0, i).join(" "), words.slice(i).join(" ")])
    .slice(1).sort((a, b) => Math.max(a[0].length, a[1].length) - Math.max(b[0].length, b[1].length));
  const unit = /\(([^()]+)\)\s*$/.exec(text)?.[1];
  return [
    [text, size],
    [text, SMALL_PX],
    ...(middle.length ? [[middle[0].join("<br>"), SMALL_PX]] : []),
    ...(unit ? [[unit, SMALL_PX], [text.replace(/(<br\s*\/?>|\s)*\([^()]+\)\s*$/, ""), SMALL_PX]] : []),
  ];
}

/** Let a figure that is too tall scroll in its place, with the keyboard too; or stop that. */
function setScrolling(plot, scrolls) {
  plot.classList.toggle("tw-figure-scrolls", scrolls);
  if (scrolls) plot.tabIndex = 0;
  else plot.removeAttribute("tabindex");
}
