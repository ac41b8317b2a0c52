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
      if (!asked) return; // another view of the same button
      asked = false;
      if (content.file !== "here") {
        note.textContent = "The file could not be made.";
        return;
      }
      const link = make("a", {
        href: URL.createObjectURL(new Blob([buffers[0]])), download: model.get("_name"),
      });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      note.textContent = "Saved by your browser.";
    }
    model.on("msg:custom", answer);
    signal.addEventListener("abort", () => model.off("msg:custom", answer));
  },
};
