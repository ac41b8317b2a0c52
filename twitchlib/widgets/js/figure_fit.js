// What a figure does to fit where it stands: a stage gives it less height than it asks for, and takes
// what is said of it elsewhere.

const SMALL_PX = 12;
const TICKS_PX = 48; // below a plot: the labels and the title of its time axis
const ruler = document.createElement("canvas").getContext("2d");

/** Shorten the titles of vertical axes that would run into each other. */
function fitTitles(layout, height) {
  const base = layout.template?.layout ?? {};
  const top = layout.margin?.t ?? base.margin?.t ?? 0;
  for (const [name, axis] of Object.entries(layout)) {
    if (!name.startsWith("yaxis") || !axis.title?.text) continue;
    const [low, high] = axis.domain ?? [0, 1];
    const room = (height - top - TICKS_PX) * (high - low) + 8;
    const size = axis.title.font?.size ?? base.yaxis?.title?.font?.size ?? 14;
    const fits = ([text, px]) => text.split(/<br\s*\/?>/).every((line) => {
      ruler.font = `${px}px ${base.font?.family ?? "sans-serif"}`;
      return ruler.measureText(line).width <= room;
    });
    const [text, px] = shorter(axis.title.text, size).find(fits) ?? ["", size];
    layout[name] = { ...axis, title: { ...axis.title, text, font: { ...axis.title.font, size: px } } };
  }
}

// The ways to write an axis title, the fullest first; the unit is the last to go.
function shorter(text, size) {
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

/**
 * In a stage (`layout.facing`) only the figure stays in view: put what is said of it among the other
 * words of its dashboard, and show it as long as the figure is shown.
 */
function stand(el, notes, signal) {
  const frame = el.closest(".tw-facing");
  if (!frame) return;
  notes.hidden = !el.offsetWidth;
  if (!el.contains(notes)) return;
  const settle = () => {
    const place = frame.querySelector(".tw-notes");
    if (!place || !el.contains(notes)) return;
    notes.dataset.place = /tw-pane-(\d)/.exec(el.className)[1];
    const next = [...place.children].find((other) => other.dataset.place > notes.dataset.place);
    place.insertBefore(notes, next ?? null);
    parts.disconnect();
  };
  const parts = new MutationObserver(settle); // the words may come later than the figure
  parts.observe(frame, { childList: true, subtree: true });
  settle();
  signal.addEventListener("abort", () => {
    parts.disconnect();
    notes.remove();
  });
}
