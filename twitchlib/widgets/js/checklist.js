// Things to tick; the whole list goes to Python after each tick.

export default () => {
  let outbox; // one for each model, shared by its views

  return {
    initialize({ model, signal }) {
      outbox = createOutbox(model, (_, later) => later, signal);
    },
    render({ model, el, signal }) {
      const { title, items } = model.get("_spec");
      const send = () =>
        outbox.send({ ticked: items.filter((_, i) => boxes[i].checked).map(({ id }) => id) });
      const boxes = items.map(() => make("input", { type: "checkbox", onchange: send }));
      const note = make("p", { class: "tw-status", role: "status" });
      const clear = make("button", {
        type: "button", class: "tw-quiet", onclick: () => outbox.send({ ticked: [] }),
      }, gettext("Clear all"));
      el.append(makePanel(make("fieldset", { class: "tw-ticks" }, make("legend", {}, title),
        make("div", { class: "tw-answers" }, ...items.map(({ label, hint }, i) =>
          make("label", {}, boxes[i], make("span", {}, label,
            ...(hint ? [make("span", { class: "tw-note" }, hint)] : [])))))),
        make("div", { class: "tw-foot" }, note, clear)));

      outbox.watch(() => {
        if (!outbox.holds(() => true)) {
          const { ticked } = model.get("_shown");
          items.forEach(({ id }, i) => (boxes[i].checked = ticked.includes(id)));
        }
        note.textContent = outbox.note();
      }, signal);
    },
  };
};
