// A form for one day of a diary. Python decides what counts; typed text stays until it does.

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
      say(problem, why);
    },
  };
}

/** Today in the reader's time zone, in the format of a date field. */
function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

// Merging keeps every step, so no day is lost when another follows.
const both = (earlier, later) => ({ steps: [...earlier.steps, ...later.steps] });

export default panelOf(({ spec, send, status }) => {
  const places = make("datalist", { id: uniqueId() });
  const fields = spec.fields.map((field) => renderField(field, places.id));
  const list = make("ul", { class: "tw-days" });
  const form = make("form", { class: "tw-day-form", novalidate: true, onsubmit: add },
    make("div", { class: "tw-fields" }, ...fields.map((field) => field.element)),
    make("div", { class: "tw-foot" },
      make("button", { type: "submit", class: "tw-preset" }, gettext("Add this day")), status));
  // JupyterLab prevents Enter from submitting a form.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  fields.find((field) => field.kind === "date").input.value = today();
  let asked = ""; // id of the addition that is still unanswered

  function add(event) {
    event.preventDefault();
    asked = uniqueId();
    const add = Object.fromEntries(fields.map(({ name, input }) => [name, input.value]));
    send({ steps: [{ add, asked }] });
  }
  function row({ key, text }) {
    return make("li", {}, make("span", {}, text),
      make("button", {
        type: "button", class: "tw-remove", "aria-label": gettext("Remove {day}", { day: text }),
        onclick: () => send({ steps: [{ remove: key }] }),
      }, make("span", { "aria-hidden": "true" }, "×")));
  }
  return {
    element: makePanel(make("fieldset", { class: "tw-group" },
      make("legend", {}, gettext("Add a day")), form, places, list)),
    update(shown) {
      for (const field of fields) field.refuse(shown.refused[field.name] ?? "");
      const refused = fields.find((field) => shown.refused[field.name]);
      if (asked && shown.asked === asked) {
        asked = "";
        if (refused) refused.input.focus();
        else for (const { kind, input } of fields) if (kind !== "date") input.value = "";
      }
      places.replaceChildren(...shown.places.map((value) => make("option", { value })));
      list.replaceChildren(...shown.last.map(row));
      const more = shown.count - shown.last.length;
      const rest = gettext("and {more} earlier", { more });
      if (more > 0) list.append(make("li", { class: "tw-status" }, rest));
      return shown.said;
    },
  };
}, { merge: both });
