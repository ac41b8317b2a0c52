// One panel of sliders, exact numbers, choices and presets. Python decides what is valid.

const EXACT = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 6, useGrouping: false });
const SPOKEN = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 6 });

/** Merge two unsent changes: the later value of each field, and nothing from before a preset. */
function mergeEdits(earlier, later) {
  if (later.start) return later;
  return { ...earlier, fields: { ...earlier.fields, ...later.fields } };
}

function noteText({ healthy, hint }) {
  const range = healthy && gettext("Healthy: {range}", { range: healthy.words });
  return [range, hint].filter(Boolean).join(". ");
}

function renderSlider(field, send) {
  const id = uniqueId();
  const name = field.spoken_unit ? `${field.label}, ${field.spoken_unit}` : field.label;
  const part = (value) => (value - field.low) / (field.high - field.low);
  const widest = [field.low, field.high, field.default, field.low + field.step]
    .map((value) => EXACT.format(value).length);

  const slider = make("input", {
    type: "range", id, min: field.low, max: field.high, step: field.step,
    "aria-label": name, "aria-describedby": `${id}-note ${id}-problem`,
  });
  const number = make("input", {
    type: "text", class: "tw-number", autocomplete: "off", spellcheck: "false",
    inputmode: field.low < 0 ? "text" : "decimal", // a phone's decimal keypad has no minus
    "aria-label": name, "aria-describedby": `${id}-problem`,
    style: `--chars: ${Math.max(...widest) + 0.5}`,
  });
  const note = make("p", { class: "tw-note", id: `${id}-note` });
  if (field.healthy) note.append(make("span", { class: "tw-swatch", "aria-hidden": "true" }));
  note.append(noteText(field));
  const problem = make("p", { class: "tw-problem", id: `${id}-problem`, "aria-live": "polite" });
  const track = make("div", { class: "tw-track", style: `--default: ${part(field.default)}` });
  if (field.healthy) {
    const { low, high } = field.healthy;
    const style = `--from: ${part(low)}; --to: ${part(high)}`;
    track.append(make("span", { class: "tw-healthy", style, "aria-hidden": "true" }));
  }
  track.append(make("span", { class: "tw-default", "aria-hidden": "true" }), slider);

  function place(value) {
    slider.value = value;
    slider.style.setProperty("--at", part(value));
    slider.setAttribute("aria-valuetext", `${SPOKEN.format(value)} ${field.spoken_unit}`.trim());
  }
  let typing = false;
  slider.addEventListener("input", () => {
    typing = false;
    place(slider.valueAsNumber);
    number.value = EXACT.format(slider.valueAsNumber);
    send(field.name, slider.valueAsNumber);
  });
  function commit() {
    if (typing) send(field.name, number.value);
    typing = false;
  }
  number.addEventListener("input", () => (typing = true));
  number.addEventListener("change", commit);
  // JupyterLab prevents Enter from causing a change event.
  number.addEventListener("keydown", ({ key }) => key === "Enter" && commit());

  const element = make("div", { class: "tw-field" },
    make("div", { class: "tw-head" },
      make("label", { for: id }, field.label),
      make("span", { class: "tw-value" }, number,
        make("span", { class: "tw-unit", "aria-hidden": "true" }, field.unit))),
    track, note, problem);

  return {
    element,
    update(value, refused) {
      place(value);
      if (!typing && (!refused || !number.value)) number.value = EXACT.format(value);
      number.setAttribute("aria-invalid", String(Boolean(refused)));
      say(problem, refused);
    },
  };
}

function renderChoice(field, send) {
  const id = uniqueId();
  const options = renderOptions(field.options, "tw-options", (option) => send(field.name, option));
  const problem = make("p", { class: "tw-problem", id: `${id}-problem`, "aria-live": "polite" });
  // A list is part of the question, so it comes before the answers.
  const parts = Array.isArray(field.hint)
    ? [make("ul", { class: "tw-note", id: `${id}-note` },
        ...field.hint.map((words) => make("li", {}, words))), options.element]
    : [options.element, make("p", { class: "tw-note", id: `${id}-note` }, noteText(field))];
  const element = make("fieldset",
    { class: "tw-field tw-choice", "aria-describedby": `${id}-note ${id}-problem` },
    make("legend", {}, field.label), ...parts, problem);
  return {
    element,
    update(value, refused) {
      options.show(value);
      say(problem, refused);
    },
  };
}

/** A group of fields; all but the first are folded, and say how many of their values have changed. */
function renderGroup(group, first, send) {
  const fields = group.fields.map((field) => ({
    field,
    ...(field.options ? renderChoice : renderSlider)(field, send),
  }));
  const body = make("fieldset", { class: "tw-group", "aria-label": first ? null : group.title },
    ...(first && group.title ? [make("legend", {}, group.title)] : []),
    make("div", { class: "tw-fields" }, ...fields.map((field) => field.element)));
  const moved = make("span", { class: "tw-moved" });
  const element = first
    ? body
    : make("details", { class: "tw-more" }, make("summary", {}, make("span", {}, group.title), moved), body);

  return {
    element,
    update({ values, refused }, isNewer) {
      for (const { field, update } of fields) {
        if (!isNewer(field.name)) update(values[field.name], refused[field.name] ?? "");
      }
      const count = fields.filter(({ field }) => values[field.name] !== field.default).length;
      moved.textContent = count ? gettext("{count} changed", { count }) : "";
      if (fields.some(({ field }) => refused[field.name])) element.open = true;
    },
  };
}

function renderPresets(presets, start) {
  const buttons = presets.map((preset) =>
    make("button", {
      type: "button", class: "tw-preset", onclick: () => start({ preset: preset.id }),
    }, preset.label));
  const story = make("p", { class: "tw-story", "aria-live": "polite" });
  const moved = make("span", { class: "tw-story-moved" }, gettext("You have changed it since."));
  const element = make("div", { class: "tw-presets" },
    make("div", { role: "group", "aria-label": gettext("Examples to start from") }, ...buttons), story);
  if (!presets.length) element.hidden = true;
  return {
    element,
    update(state) {
      presets.forEach((preset, i) =>
        buttons[i].setAttribute("aria-pressed", String(preset.id === state.preset && !state.moved)));
      if (story.dataset.of !== state.preset) {
        story.dataset.of = state.preset;
        story.replaceChildren(...(state.story ? [`${state.story} `, moved] : []));
      }
      moved.classList.toggle("tw-invisible", !state.moved);
    },
  };
}

export default panelOf(({ spec, send, status }) => {
  const start = (where) => send({ start: where });
  const presets = renderPresets(spec.presets, start);
  const groups = spec.groups.map((group, i) =>
    renderGroup(group, i === 0, (name, value) => send({ fields: { [name]: value } })));
  const reset = make("button",
    { type: "button", class: "tw-quiet", onclick: () => start("reset") }, gettext("Reset"));
  return {
    element: makePanel(presets.element, ...groups.map((group) => group.element),
      make("div", { class: "tw-foot" }, status, reset)),
    update(shown, pending) {
      const isNewer = (name) => pending && (pending.start || name in (pending.fields ?? {}));
      presets.update(shown);
      for (const group of groups) group.update(shown, isNewer);
    },
  };
}, { merge: mergeEdits });
