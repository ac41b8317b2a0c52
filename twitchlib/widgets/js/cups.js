// An editor of the day's drinks. Python decides what counts.

const HOURS = [0, 6, 12, 18, 24];

/** Minutes after midnight for a time such as "08:30"; NaN for anything else. */
function minutesOf(time) {
  const [hours, minutes] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function clock(minutes) {
  return [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, "0")).join(":");
}

function renderStrip(drinks) {
  const most = Math.max(...drinks.map((drink) => drink.caffeine_mg), 1);
  const marks = make("div", { class: "tw-marks" });
  const element = make("div", { class: "tw-day", "aria-hidden": "true" }, marks,
    make("div", { class: "tw-hours" }, ...HOURS.map((hour) =>
      make("span", { style: `--at: ${hour / 24}` }, String(hour)))));
  return {
    element,
    update(rows) {
      const timed = rows.filter((row) => row.time.value);
      marks.replaceChildren(...timed.map((row) => {
        const { caffeine_mg } = drinks.find((drink) => drink.id === row.drink.value);
        const at = minutesOf(row.time.value) / (24 * 60);
        return make("span", { style: `--at: ${at}; --much: ${caffeine_mg / most}` });
      }));
    },
  };
}

function renderRow(key, drinks, changed, removed) {
  const id = uniqueId();
  const time = make("input", {
    type: "time", step: 15 * 60, onchange: changed, "aria-describedby": `${id}-problem`,
  });
  const drink = make("select", { onchange: changed }, ...drinks.map((offered) =>
    make("option", { value: offered.id }, `${offered.caffeine_mg} mg · ${offered.label}`)));
  const remove = make("button", { type: "button", class: "tw-remove", onclick: removed },
    make("span", { "aria-hidden": "true" }, "×"));
  const problem = make("p", { class: "tw-problem", id: `${id}-problem`, "aria-live": "polite" });
  const element = make("li", { class: "tw-cup" }, time, drink, remove, problem);
  return {
    key, element, time, drink, remove,
    place(position) {
      time.setAttribute("aria-label", gettext("Time of drink {position}", { position }));
      drink.setAttribute("aria-label", gettext("Drink {position}", { position }));
      remove.setAttribute("aria-label", gettext("Remove drink {position}", { position }));
    },
    update(row) {
      if (time !== document.activeElement) time.value = row.time;
      drink.value = row.drink;
      time.setAttribute("aria-invalid", String(Boolean(row.problem)));
      say(problem, row.problem);
    },
  };
}

export default panelOf(({ spec, send, status }) => {
  const { drinks, most } = spec;
  const strip = renderStrip(drinks);
  const list = make("ol", { class: "tw-cups" });
  const add = make("button", { type: "button", class: "tw-preset", onclick: append },
    gettext("Add a drink"));
  const reset = make("button", {
    type: "button", class: "tw-quiet", onclick: () => send({ start: "reset" }),
  }, gettext("Reset"));
  let rows = [];

  function changed() {
    arrange();
    send({
      rows: rows.map(({ key, time, drink }) => ({ key, time: time.value, drink: drink.value })),
    });
  }
  function rowFor(key) {
    const row = renderRow(key, drinks, changed, () => {
      const next = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1];
      rows = rows.filter((other) => other !== row);
      changed();
      (next?.remove ?? add).focus();
    });
    return row;
  }
  function append() {
    const last = rows.at(-1);
    const row = rowFor(uniqueId());
    const minutes = last?.time.value ? minutesOf(last.time.value) + 60 : 8 * 60;
    row.update({
      time: clock(Math.min(minutes, 24 * 60 - 15)),
      drink: last?.drink.value ?? drinks[0].id,
      problem: "",
    });
    rows = [...rows, row];
    changed();
    row.time.focus();
  }
  function arrange() {
    rows.forEach((row, i) => row.place(i + 1));
    // Elements that remain are left in place, since moving one would lose its focus.
    for (const child of [...list.children]) {
      if (!rows.some((row) => row.element === child)) child.remove();
    }
    rows.forEach(({ element }, i) => {
      if (list.children[i] !== element) list.insertBefore(element, list.children[i] ?? null);
    });
    add.disabled = rows.length >= most;
    strip.update(rows);
  }
  return {
    element: makePanel(make("fieldset", { class: "tw-group" },
      make("legend", {}, gettext("Drinks of the day")),
      strip.element, list, make("div", { class: "tw-foot" }, add, status, reset))),
    update(shown, pending) {
      if (!pending) {
        rows = shown.rows.map(({ key }) => rows.find((row) => row.key === key) ?? rowFor(key));
        rows.forEach((row, i) => row.update(shown.rows[i]));
        arrange();
      }
      return rows.length >= most ? gettext("{most} drinks are the maximum.", { most }) : "";
    },
  };
});
