// A button that asks the kernel for a file and has the browser save it.

export default {
  render({ model, el, signal }) {
    const note = make("span", { class: "tw-status", role: "status" });
    const button = make("button", { type: "button", class: "tw-preset", onclick: ask }, model.get("_label"));
    el.append(makePanel(make("div", { class: "tw-link" }, button, note)));
    let asked = false;

    function ask() {
      note.textContent = "";
      asked = true;
      try {
        model.send({ file: "wanted" });
      } catch {
        note.textContent = NOTES.ended;
      }
    }
    function answer(content, buffers) {
      if (!asked) return; // it was another view of the same button
      asked = false;
      if (content.file === "here") {
        saveFile(model.get("_filename"), buffers[0], model.get("_kind"));
        note.textContent = gettext("Saved by your browser.");
      } else {
        note.textContent = gettext("The file could not be made.");
      }
    }
    function update() {
      button.disabled = !model.get("ready");
      note.textContent = "";
    }
    model.on("msg:custom", answer);
    model.on("change:ready", update);
    signal.addEventListener("abort", () => {
      model.off("msg:custom", answer);
      model.off("change:ready", update);
    });
    update();
  },
};
