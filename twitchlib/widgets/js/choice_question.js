// A question with radio buttons. What is said of an answer, Python sends once it was chosen.

export default () => {
  let outbox; // one for each model, shared by its views

  return {
    initialize({ model, signal }) {
      outbox = createOutbox(model, (_, later) => later, signal);
    },
    render({ model, el, signal }) {
      const { title, prompt, options } = model.get("_spec");
      const [yes, no] = [gettext("✓ Yes."), gettext("✗ Not quite.")];
      const radios = renderRadios(options, (chosen) => outbox.send({ chosen }));
      const sign = make("strong");
      const words = make("span");
      const feedback = make("p", { class: "tw-feedback" }, sign, words);
      const spoken = make("div", { "aria-live": "polite" }, feedback);
      const note = make("p", { class: "tw-status", role: "status" });
      el.append(makePanel(make("fieldset", { class: "tw-question" },
        make("legend", {}, ...(title ? [make("strong", {}, title)] : []),
          ...prompt.map((text) => make("span", {}, text))),
        radios.element, spoken, note)));

      outbox.watch(() => {
        const state = model.get("_shown");
        if (!outbox.holds(() => true)) {
          radios.chosen = state.chosen ?? -1;
          feedback.hidden = state.chosen === null;
          feedback.classList.toggle("tw-right", state.right);
          sign.textContent = `${state.right ? yes : no} `;
          if (words.textContent !== state.feedback) words.textContent = state.feedback;
        }
        note.textContent = outbox.note();
      }, signal);
    },
  };
};
