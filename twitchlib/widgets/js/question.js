// One question at a time: radio buttons, a check, the reasons, and on. What is right, Python says.

function renderOption(option, name, state, chosen) {
  const radio = make("input", {
    type: "radio", name, value: option.id, onchange: chosen,
    checked: option.id === state.answer, disabled: Boolean(state.answer),
  });
  const mark = !state.right ? "" : option.id === state.right ? " ✓" : option.id === state.answer ? " ✗" : "";
  const spoken =
    { " ✓": gettext(", this is right"), " ✗": gettext(", this was your answer") }[mark] ?? "";
  return make("label", {}, radio, make("span", {}, option.label,
    make("span", { "aria-hidden": "true" }, mark),
    make("span", { class: "tw-spoken" }, spoken)));
}

export default () => {
  let outbox; // one for each model, shared by its views

  return {
    initialize({ model, signal }) {
      outbox = createOutbox(model, (_, later) => later, signal);
    },
    render({ model, el, signal }) {
      const name = uniqueId();
      const legend = make("legend", {});
      const options = make("div", { class: "tw-options" });
      const check = make("button", { type: "button", class: "tw-preset", onclick: answer },
        gettext("Check"));
      const next = make("button", { type: "button", class: "tw-preset", onclick: goOn });
      const told = make("div", { class: "tw-told", role: "status" });
      const note = make("p", { class: "tw-status", role: "status" });
      el.append(makePanel(
        make("fieldset", { class: "tw-group tw-round" }, legend, options),
        make("div", { class: "tw-foot" }, check, next, note), told));
      let drawn = "";
      let moved = false; // whether this view asked to go on, and has to take the focus along

      const chosen = () => options.querySelector("input:checked")?.value;

      function answer() {
        if (!chosen()) {
          note.textContent = gettext("Choose one first.");
          return;
        }
        moved = true;
        outbox.send({ answer: chosen(), number: model.get("_shown").number });
      }
      function goOn() {
        moved = true;
        outbox.send({ go_on: model.get("_shown").number });
      }

      outbox.watch(() => {
        const state = model.get("_shown");
        note.textContent = outbox.note();
        const key = JSON.stringify([state.number, state.answer, state.legend, state.options, state.right, state.lines]);
        if (key === drawn) return;
        drawn = key;
        legend.textContent = state.legend;
        options.replaceChildren(...state.options.map((option) =>
          renderOption(option, name, state, () => (note.textContent = ""))));
        check.hidden = Boolean(state.answer);
        next.hidden = !state.answer;
        next.textContent = state.next;
        told.replaceChildren(...state.lines.map((line) => make("p", {}, line)));
        if (moved) (state.answer ? next : options.querySelector("input"))?.focus();
        moved = false;
      }, signal);
    },
  };
};
