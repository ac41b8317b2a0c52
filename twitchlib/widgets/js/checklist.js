// A list of items to tick; the whole list goes to Python after each tick.

export default panelOf(({ spec, send, status }) => {
  const tick = () =>
    send({ ticked: spec.items.filter((_, i) => boxes[i].checked).map(({ id }) => id) });
  const boxes = spec.items.map(() => make("input", { type: "checkbox", onchange: tick }));
  const clear = make("button", {
    type: "button", class: "tw-quiet", onclick: () => send({ ticked: [] }),
  }, gettext("Clear all"));
  return {
    element: makePanel(make("fieldset", { class: "tw-ticks" }, make("legend", {}, spec.title),
      make("div", { class: "tw-answers" }, ...spec.items.map(({ label, hint }, i) =>
        make("label", {}, boxes[i], make("span", {}, label,
          ...(hint ? [make("span", { class: "tw-note" }, hint)] : [])))))),
      make("div", { class: "tw-foot" }, status, clear)),
    update(shown, pending) {
      const ticked = (pending ?? shown).ticked;
      spec.items.forEach(({ id }, i) => (boxes[i].checked = ticked.includes(id)));
    },
  };
});
