// A form for one day of a diary. What counts, Python decides; what was typed stays until it does.

function renderField({ name, label, unit, kind, hint }, places) {
  const id = uniqueId();
  const attributes = {
    date: { type: "date" },
    count: { type: "text", inputmode: "numeric" },
    number: { type: "text", inputmode: "decimal" },
    text: { type: "text", maxlength: "1000" },
  }[kind];
  const input = make("input", {
    ...attributes, id, class: "tw-entry", autocomplete: "off", list: name === "body_part" && places,
    "aria-describedby": `${id}-hint ${id}-problem`,
  });
  const problem = make("p", { class: "tw-problem", id: `${id}-problem`, "aria-live": "polite" });
  return {
    name, kind, input,
    element: make("div", { class: "tw-field" },
      make("label", { for: id }, label, unit && make("span", { class: "tw-unit" }, ` ${unit}`)),
      input, make("p", { class: "tw-note", id: `${id}-hint` }, hint), problem),
    refuse(why) {
      input.setAttribute("aria-invalid", String(Boolean(why)));
      if (problem.textContent !== why) problem.textContent = why;
    },
  };
}

/** Today where the reader is, as a date field wants it. */
function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

export default () => {
  let outbox; // one for each model, shared by its views

  return {
    initialize({ model, signal }) {
      // No day is dropped because another one followed it.
      const both = (earlier, later) => ({ steps: [...earlier.steps, ...later.steps] });
      outbox = createOutbox(model, both, signal);
    },
    render({ model, el, signal }) {
      const places = make("datalist", { id: uniqueId() });
      const fields = model.get("_spec").fields.map((field) => renderField(field, places.id));
      const note = make("p", { class: "tw-status", role: "status" });
      const list = make("ul", { class: "tw-days" });
      const form = make("form", { class: "tw-day-form", novalidate: true, onsubmit: add },
        make("div", { class: "tw-fields" }, ...fields.map((field) => field.element)),
        make("div", { class: "tw-foot" },
          make("button", { type: "submit", class: "tw-preset" }, gettext("Add this day")), note));
      // JupyterLab keeps Enter from submitting a form.
      form.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.target.matches("input")) {
          event.preventDefault();
          form.requestSubmit();
        }
      });
      fields.find((field) => field.kind === "date").input.value = today();
      let asked = ""; // which addition these fields wait for
      el.append(makePanel(make("fieldset", { class: "tw-group" },
        make("legend", {}, gettext("Add a day")), form, places, list)));

      function add(event) {
        event.preventDefault();
        asked = uniqueId();
        const add = Object.fromEntries(fields.map(({ name, input }) => [name, input.value]));
        outbox.send({ steps: [{ add, asked }] });
      }
      function row({ key, text }) {
        return make("li", {}, make("span", {}, text),
          make("button", {
            type: "button", class: "tw-remove", "aria-label": gettext("Remove {day}", { day: text }),
            onclick: () => outbox.send({ steps: [{ remove: key }] }),
          }, make("span", { "aria-hidden": "true" }, "×")));
      }
      outbox.watch(() => {
        const state = model.get("_shown");
        for (const field of fields) field.refuse(state.refused[field.name] ?? "");
        const refused = fields.find((field) => state.refused[field.name]);
        if (asked && state.asked === asked) {
          asked = "";
          if (refused) refused.input.focus();
          else for (const { kind, input } of fields) if (kind !== "date") input.value = "";
        }
        places.replaceChildren(...state.places.map((value) => make("option", { value })));
        list.replaceChildren(...state.last.map(row));
        const more = state.count - state.last.length;
        const rest = gettext("and {more} earlier", { more });
        if (more > 0) list.append(make("li", { class: "tw-status" }, rest));
        note.textContent = outbox.note() || state.said;
      }, signal);
    },
  };
};
