// The teaching notes follow the projector's window, and can move it to another step.

(() => {
  "use strict";

  const channel = new BroadcastChannel("twitchlib-present");
  const lesson = new URL(document.querySelector('meta[name="twitchlib-lesson"]').content, location.href).pathname;
  const notes = [...document.querySelectorAll("[data-step]")];
  const where = document.getElementById("notes-where");

  channel.addEventListener("message", ({ data }) => {
    if (data.lesson !== lesson) return;
    const seen = { number: data.number + 1, step: data.step };
    where.textContent = gettext("The class sees step {number}: {step}", seen);
    let current = null;
    for (const note of notes) {
      const here = note.dataset.step === data.step;
      note.toggleAttribute("aria-current", here);
      if (here) { note.setAttribute("aria-current", "step"); current ??= note; }
    }
    current?.scrollIntoView({ block: "start" });
  });

  for (const ask of ["back", "on"]) {
    document.getElementById(`notes-${ask}`).addEventListener("click", () => {
      channel.postMessage({ to: lesson, ask });
    });
  }
  channel.postMessage({ to: lesson, ask: "where" });
})();
