// Where what is said of a figure or a drawing stands.

/**
 * In a stage (`layout.facing`) only the figure or drawing stays in view: put what is said of it among the
 * other words of its dashboard, and show it as long as that is shown.
 */
function stand(el, notes, signal) {
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
