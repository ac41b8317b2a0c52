// Asks one question after the other. What is right, Python knows; the page learns it when answered.

/** Two unsent changes as one: the later answer to each question, and the later place. */
function mergeSteps(earlier, later) {
  return { ...earlier, ...later, answers: { ...earlier.answers, ...later.answers } };
}

function renderChoice({ options }, _, changed) {
  const radios = renderRadios(options.map(({ text }) => text), changed);
  return {
    element: radios.element,
    get answer() {
      return options[radios.chosen]?.id ?? "";
    },
    show(answer) {
      radios.chosen = options.findIndex(({ id }) => id === answer);
    },
  };
}

function renderNumber({ unit }, problem, changed, check) {
  const id = uniqueId();
  const field = make("input", {
    type: "text", id, class: "tw-field-number", autocomplete: "off", spellcheck: "false",
    inputmode: "decimal", "aria-describedby": problem, oninput: changed,
    onkeydown: ({ key }) => key === "Enter" && check(),
  });
  return {
    element: make("div", { class: "tw-given" },
      make("label", { for: id },
        unit ? gettext("Your answer, in {unit}", { unit }) : gettext("Your answer")), field),
    get answer() {
      return field.value;
    },
    show(answer) {
      field.value = answer ?? "";
    },
  };
}

function renderOrder({ options }, _, changed) {
  const list = make("ol", { class: "tw-lines" });
  const moved = make("p", { class: "tw-spoken", role: "status" });
  let rows = options.map(({ id, text }) => {
    const button = (by, mark, label) => make("button", {
      type: "button", class: "tw-move", "aria-label": label,
      onclick: () => move(row, by),
    }, make("span", { "aria-hidden": "true" }, mark));
    const up = button(-1, "↑", gettext("Move up: {line}", { line: text }));
    const down = button(1, "↓", gettext("Move down: {line}", { line: text }));
    const row = { id, text, up, down };
    row.element = make("li", {}, make("span", {}, text), row.up, row.down);
    return row;
  });

  function arrange() {
    list.append(...rows.map((row) => row.element));
    rows.forEach((row, i) => {
      row.up.disabled = i === 0;
      row.down.disabled = i === rows.length - 1;
    });
  }
  function move(row, by) {
    const to = rows.indexOf(row) + by;
    rows = rows.filter((other) => other !== row).toSpliced(to, 0, row);
    arrange();
    const pressed = by < 0 ? row.up : row.down;
    (pressed.disabled ? (by < 0 ? row.down : row.up) : pressed).focus();
    const now = { text: row.text, line: to + 1, total: rows.length };
    moved.textContent = gettext("{text} Now line {line} of {total}.", now);
    changed();
  }
  arrange();
  return {
    element: make("div", { class: "tw-given" }, list, moved),
    get answer() {
      return rows.map((row) => row.id);
    },
    show(answer) {
      if (answer) rows = answer.map((id) => rows.find((row) => row.id === id));
      arrange();
    },
  };
}

const KINDS = { choice: renderChoice, trace: renderChoice, number: renderNumber, order: renderOrder };

/** What is said to an answer: a mark and a word, the reason, and the sources. */
function feedbackOf({ right, said, sources }) {
  if (right === null) return make("p", {}, gettext("Your answer is kept. It is judged later."));
  const word = right ? gettext("✓ Right.") : gettext("✗ Not yet.");
  const named = sources.flatMap(({ text, address }, i) => [
    i ? "; " : "",
    address ? make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text) : text,
  ]);
  return make("div", { class: right ? "tw-feedback tw-right" : "tw-feedback" },
    make("p", {}, make("strong", {}, word), ` ${said}`),
    make("p", { class: "tw-note" }, gettext("It rests on:"), " ", ...named, "."));
}

function renderQuestion(question, position, total, check) {
  const problemId = uniqueId();
  let drafted = false; // what stands there was not sent yet
  let told = "";
  const legend = make("legend", { tabindex: "-1" },
    make("span", { class: "tw-note" },
      gettext("Question {position} of {total}", { position, total })),
    make("strong", {}, question.prompt));
  const answers = KINDS[question.kind](question, problemId, () => (drafted = true), submit);
  const problem = make("p", { class: "tw-problem", id: problemId, role: "alert" });
  const feedback = make("div", { role: "status" });
  const element = make("div", {},
    make("fieldset", { class: "tw-question" }, legend, answers.element),
    make("div", { class: "tw-check" },
      make("button", { type: "button", class: "tw-preset", onclick: submit }, gettext("Check")),
      problem),
    feedback);

  function submit() {
    drafted = false;
    check(question.id, answers.answer);
  }
  return {
    element, legend,
    update(result, refused) {
      if (!drafted && result && !refused) answers.show(result.answer);
      if (problem.textContent !== refused) problem.textContent = refused;
      const now = refused || !result ? "" : JSON.stringify(result);
      if (now === told) return;
      told = now;
      feedback.replaceChildren(...(now ? [feedbackOf(result)] : []));
    },
  };
}

/** A row of numbers to jump to any question; each tells how it stands. */
function renderSteps(questions, go) {
  const marks = questions.map(() => make("span", { class: "tw-mark", "aria-hidden": "true" }));
  const buttons = questions.map((_, i) =>
    make("button", { type: "button", onclick: () => go(i) }, String(i + 1), marks[i]));
  return {
    element: make("ol", { class: "tw-steps", "aria-label": gettext("Questions") },
      ...buttons.map((button) => make("li", {}, button))),
    update(at, results) {
      questions.forEach(({ id }, i) => {
        const result = results[id];
        const [mark, state] = !result ? ["", gettext("not answered")]
          : result.right === null ? ["·", gettext("answered")]
          : result.right ? ["✓", gettext("right")] : ["✗", gettext("not yet right")];
        const label = gettext("Question {number}, {state}", { number: i + 1, state });
        marks[i].textContent = mark;
        buttons[i].setAttribute("aria-label", label);
        buttons[i].setAttribute("aria-current", i === at ? "step" : "false");
      });
    },
  };
}

export default () => {
  let outbox; // one for each model, shared by its views

  return {
    initialize({ model, signal }) {
      outbox = createOutbox(model, mergeSteps, signal);
    },
    render({ model, el, signal }) {
      const { questions } = model.get("_spec");
      let asked = false; // whether this view asked for another question
      const go = (at) => {
        asked = true;
        outbox.send({ at });
      };
      const check = (id, answer) => outbox.send({ answers: { [id]: answer } });
      const steps = renderSteps(questions, go);
      const shown = questions.map((question, i) =>
        renderQuestion(question, i + 1, questions.length, check));
      const place = make("div", {});
      const back = make("button", {
        type: "button", class: "tw-quiet", onclick: () => go(model.get("_shown").at - 1),
      }, gettext("Back"));
      const next = make("button", {
        type: "button", class: "tw-quiet", onclick: () => go(model.get("_shown").at + 1),
      }, gettext("Next question"));
      const note = make("p", { class: "tw-status", role: "status" });
      const panel = makePanel(steps.element, place,
        make("div", { class: "tw-foot tw-turn" }, back, next, note));
      panel.classList.add("tw-quiz");
      el.append(panel);

      outbox.watch(() => {
        const { at, results, refused } = model.get("_shown");
        steps.update(at, results);
        shown.forEach((question, i) =>
          question.update(results[questions[i].id], refused[questions[i].id] ?? ""));
        back.disabled = at === 0;
        next.disabled = at === questions.length - 1;
        if (place.firstChild !== shown[at].element) {
          place.replaceChildren(shown[at].element);
          if (asked) {
            shown[at].legend.focus({ preventScroll: true });
            // A recording comes in above the question, and is what to look at first.
            const start = questions[at].kind === "trace";
            (panel.closest(".tw-asking") ?? panel).scrollIntoView({ block: start ? "start" : "nearest" });
          }
          asked = false;
        }
        note.textContent = outbox.note();
      }, signal);
    },
  };
};
