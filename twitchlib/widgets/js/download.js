// Saves the model's text as a file, from this page alone.

function render({ model, el }) {
  const button = make("button", {
    type: "button", class: "tw-preset",
    onclick() {
      const type = `${model.get("_kind")};charset=utf-8`;
      const href = URL.createObjectURL(new Blob([model.get("text")], { type }));
      make("a", { href, download: model.get("_filename") }).click();
      setTimeout(() => URL.revokeObjectURL(href), 60_000);
    },
  }, model.get("_label"));
  const update = () => (button.disabled = !model.get("text"));
  model.on("change:text", update);
  update();
  el.append(makePanel(button));
  return () => model.off("change:text", update);
}

export default { render };
