// Options to choose from, as native radio buttons, which support keyboards and screen readers.

/** A group of radio buttons; `look` is "tw-answers" for lines and "tw-options" for buttons. */
function renderOptions(options, look, changed) {
  const name = uniqueId();
  const rows = options.map(({ id, label }) => {
    const radio = make("input", { type: "radio", name, value: id, onchange: () => changed(id) });
    const words = make("span", {}, label);
    return { radio, label, words, row: make("label", {}, radio, words) };
  });
  return {
    element: make("div", { class: look }, ...rows.map(({ row }) => row)),
    focus: () => rows[0].radio.focus(),
    /** The id of the chosen option; empty if there is none. */
    get answer() {
      return rows.find(({ radio }) => radio.checked)?.radio.value ?? "";
    },
    show(answer) {
      for (const { radio } of rows) radio.checked = radio.value === answer;
    },
    /** Accept no other answer, and mark the given and the right one. */
    close(right) {
      for (const { radio, label, words } of rows) {
        radio.disabled = true;
        const [mark, spoken] = radio.value === right ? [" ✓", gettext(", this is right")]
          : radio.checked ? [" ✗", gettext(", this was your answer")] : ["", ""];
        words.replaceChildren(label, make("span", { "aria-hidden": "true" }, mark),
          make("span", { class: "tw-spoken" }, spoken));
      }
    },
    /** Show only the chosen option. */
    keep() {
      for (const { radio, row } of rows) {
        row.hidden = !radio.checked;
        radio.disabled = radio.hidden = true;
      }
    },
  };
}
