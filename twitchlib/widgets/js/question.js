// Asks questions, one at a time. Only Python knows the right answers; the page learns each after an answer.
//
// `spec.manner` says how: `at_once`: an answer counts as soon as it is chosen, and another may follow;
// otherwise a button checks it. `final`: the first answer stands, and a button goes on to the next
// question. `steps`: a row of numbers leads to any question. `once`: the first answer stands, right or
// wrong, and nothing follows.

/** Merge two unsent changes: the later answer to each question, and the later place. */
function mergeSteps(earlier, later) {
  return { ...earlier, ...later, answers: { ...earlier.answers, ...later.answers } };
}

function renderNumber({ unit }, { problem, changed, submit }) {
  const id = uniqueId();
  const field = make("input", {
    type: "text", id, class: "tw-field-number", autocomplete: "off", spellcheck: "false",
    inputmode: "decimal", "aria-describedby": problem.id, oninput: changed,
    onkeydown: ({ key }) => key === "Enter" && submit(),
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
    keep() {
      field.readOnly = true;
    },
  };
}

function renderOrder({ options }, { changed }) {
  const list = make("ol", { class: "tw-lines" });
  const moved = make("p", { class: "tw-spoken", role: "status" });
  let rows = options.map(({ id, label: text }) => {
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
      if (!answer) return;
      rows = answer.map((id) => rows.find((row) => row.id === id));
      arrange();
    },
  };
}

const renderChoice = ({ options }, { final, changed }) =>
  renderOptions(options, final ? "tw-options" : "tw-answers", changed);

/** An answer and, below it, the reason for it. */
function renderTiers({ options, reasons, because }, { changed }) {
  const tiers = [options, reasons].map((tier) => renderOptions(tier, "tw-answers", changed));
  const prompt = make("p", { class: "tw-because", id: uniqueId() }, because);
  const reason = make("div", { role: "group", "aria-labelledby": prompt.id }, tiers[1].element);
  return {
    element: make("div", {}, tiers[0].element, prompt, reason),
    get answer() {
      return tiers.map((tier) => tier.answer);
    },
    show(answer) {
      tiers.forEach((tier, i) => tier.show(answer?.[i]));
    },
  };
}

const KINDS = {
  choice: renderChoice, trace: renderChoice, "two-tier": renderTiers, number: renderNumber,
  order: renderOrder,
};

/** The feedback on an answer: a mark and a word, the reasons, and the sources. */
function renderResult({ right, word, said, sources }, final) {
  const look = right ? "tw-feedback tw-right" : "tw-feedback";
  const named = sources.flatMap(({ text, address }, i) => [
    i ? "; " : "",
    address ? make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text) : text,
  ]);
  return make("div", { class: final ? "tw-told" : right === null ? "tw-kept" : look },
    ...said.map((line, i) =>
      make("p", {}, ...(word && !i ? [make("strong", {}, word), ` ${line}`] : [line]))),
    ...(named.length
      ? [make("p", { class: "tw-note" }, gettext("Based on:"), " ", ...named, ".")] : []));
}

function renderQuestion(question, { at_once, final, steps, once }, status, check, goOn) {
  let drafted = false; // whether there is an answer that has not been sent yet
  let shownResult = "";
  const legend = make("legend", { tabindex: (steps || once) && "-1" },
    ...(question.note ? [make("span", { class: "tw-note" }, question.note)] : []),
    ...(question.title ? [make("strong", {}, question.title)] : []),
    ...question.prompt.map((text) => make("span", {}, text)));
  const problem = make("p", { class: "tw-problem", id: uniqueId(), role: "alert" });
  const answers = KINDS[question.kind](question, { final, problem, changed, submit });
  const feedback = make("div", { role: "status" });
  const button = (onclick, words) =>
    make("button", { type: "button", class: "tw-preset", onclick }, words);
  const [checks, next] = [button(submit, once ? gettext("I predict this") : gettext("Check")), button(goOn, question.next)];
  next.hidden = true;
  const element = make("div", {},
    make("fieldset", { class: final ? "tw-group tw-round" : "tw-question" }, legend, answers.element,
      ...(at_once ? [feedback, status] : [])),
    ...(at_once ? [] : [make("div", { class: "tw-check" }, checks,
      ...(final ? [next, status] : [problem])), feedback]));

  function changed() {
    drafted = true;
    if (at_once) submit();
    if (final) say(status, "");
  }
  function submit() {
    if (final && !answers.answer) return say(status, gettext("Choose one first."));
    drafted = false;
    check(question.id, answers.answer);
  }
  return {
    element,
    focus() {
      if (!final) legend.focus({ preventScroll: true });
      else (shownResult ? next : answers).focus();
    },
    /** Returns whether there is something new to read. */
    update(result, refused, pending) {
      if (!drafted && !pending && !refused && (result || shownResult)) answers.show(result?.answer);
      say(problem, refused);
      const now = refused || !result ? "" : JSON.stringify(result);
      if (now === shownResult) return false;
      shownResult = now;
      feedback.replaceChildren(...(now ? [renderResult(result, final)] : []));
      if (now && once) answers.keep();
      if (now && final) answers.close(result.key);
      if (now && (final || once)) {
        checks.hidden = true;
        next.hidden = once;
      }
      return true;
    },
  };
}

/** The numbers of all questions, each with its state. */
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

export default panelOf(({ model, spec, send, status }) => {
  const { final, steps, once } = spec.manner;
  let moved = false; // whether this view made the change, and so has to move the focus
  let at = 0;
  const go = (next) => {
    moved = true;
    send({ at: next });
  };
  const check = (id, answer) => {
    moved = final || once;
    send({ answers: { [id]: answer } });
  };
  const views = new Map();
  const place = make("div", {});
  const row = renderSteps(spec.asked, go);
  const turn = (words, by) =>
    make("button", { type: "button", class: "tw-quiet", onclick: () => go(at + by) }, words);
  const [back, next] = [turn(gettext("Back"), -1), turn("", 1)];
  const panel = steps
    ? makePanel(row.element, place, make("div", { class: "tw-foot tw-turn" }, back, next, status))
    : makePanel(place);
  panel.classList.toggle("tw-quiz", steps);
  startAtTheTop(panel);

  function enter(question, view) {
    moved = false;
    view.focus();
    if (!steps) return;
    // A recording appears above the question, and should be seen first.
    const block = question.shows ? "start" : "nearest";
    (panel.closest(".tw-asking") ?? panel).scrollIntoView({ block });
  }
  return {
    element: panel,
    update(shown, pending) {
      const spec = model.get("_spec"); // it may hold another question by now
      at = shown.at;
      const question = spec.asked[at];
      const { id } = question;
      if (!views.has(id)) {
        views.set(id, renderQuestion(question, spec.manner, status, check, () => go(at + 1)));
      }
      const view = views.get(id);
      const isNew = place.firstChild !== view.element;
      if (isNew) place.replaceChildren(view.element);
      const answered = id in (pending?.answers ?? {});
      const fresh = view.update(shown.results[id], shown.refused[id] ?? "", answered);
      if (moved && (isNew || ((final || once) && fresh))) enter(question, view);
      row.update(at, shown.results);
      back.disabled = at === 0;
      next.disabled = at === spec.asked.length - 1;
      next.textContent = question.next;
    },
  };
}, { merge: mergeSteps });
