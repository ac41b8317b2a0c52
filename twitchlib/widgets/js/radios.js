// Answers to choose from, as native radio buttons: keyboard and screen reader come with them.

/** One radio button for each text; `changed` hears which one was chosen, counted from 0. */
function renderRadios(texts, changed) {
  const name = uniqueId();
  const radios = texts.map((_, i) =>
    make("input", { type: "radio", name, onchange: () => changed(i) }));
  return {
    element: make("div", { class: "tw-answers" }, ...texts.map((text, i) =>
      make("label", {}, radios[i], make("span", {}, text)))),
    /** Which one is chosen; -1 where none is. */
    get chosen() {
      return radios.findIndex((radio) => radio.checked);
    },
    set chosen(place) {
      radios.forEach((radio, i) => (radio.checked = i === place));
    },
  };
}
