// Where the text about a figure or a drawing goes.

/**
 * In a stage (`layout.facing`) only the figure or drawing itself stays in view: move its notes to the other
 * words of the dashboard, and show them only while the figure or drawing is shown.
 */
function placeNotes(el, notes, signal) {
  const frame = el.closest(".tw-facing");
  if (!frame) return;
  notes.hidden = !el.offsetWidth;
  if (!el.contains(notes)) return;
  const settle = () => {
    const place = frame.querySelector(".tw-notes");
    if (!place || !el.contains(notes)) return;
    notes.dataset.place = /tw-pane-(\d)/.exec(el.className)?.[1] ?? ""; // a drawing comes first
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
