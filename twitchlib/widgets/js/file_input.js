// What every button that opens a file of the reader's own shares.

/** The bytes of a file in base64, which a message can carry. */
function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** Says beside the input what is wrong, and makes room for another file. */
function refuseFile(why, input, problem) {
  problem.textContent = why;
  input.setAttribute("aria-invalid", "true");
  input.value = "";
}

/** Shows what Python says of a file: its problem, or what was opened. */
function showFileState(state, outbox, { input, problem, opened }) {
  if (problem.textContent !== state.problem) problem.textContent = state.problem;
  input.setAttribute("aria-invalid", String(Boolean(state.problem)));
  const said = outbox.note() || state.opened;
  if (opened.textContent !== said) opened.textContent = said;
}
