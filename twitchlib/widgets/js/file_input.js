// Shared by the buttons that open a reader's own file.

/** The bytes of a file in base64, for sending in a message. */
function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/**
 * A file input with its note and its problem. `chosen` gets the files, and sends them or returns why
 * they are refused.
 */
function renderFileInput(attributes, hint, chosen) {
  const id = uniqueId();
  const input = make("input", {
    ...attributes, type: "file", id, class: "tw-file",
    "aria-describedby": `${id}-note ${id}-problem`, onchange: open,
  });
  const note = make("p", { class: "tw-note", id: `${id}-note` }, hint);
  const problem = make("p", { class: "tw-problem", id: `${id}-problem`, role: "alert" });

  async function open() {
    const files = [...input.files];
    const refused = files.length ? await chosen(files) : "";
    input.value = ""; // so that the same file can be opened again after a change
    if (refused) showProblem(refused);
  }
  function showProblem(why) {
    say(problem, why);
    input.setAttribute("aria-invalid", String(Boolean(why)));
  }
  return {
    input, note, problem,
    update(shown) {
      showProblem(shown.problem);
      return shown.opened;
    },
  };
}
