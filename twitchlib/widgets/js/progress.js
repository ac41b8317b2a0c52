// A student's progress, saved to a file and loaded back; the browser carries it between lessons.
//
// The tab keeps it until it is closed. It stays on the computer only if the student asks for that,
// since others may use the same computer.

const KEY = "twitchlib-progress";
const FORGOTTEN = "forgotten"; // stored for a moment, for the other tabs to see

/** The browser's two stores; without them (they may be blocked) nothing is carried over. */
function openStore() {
  try {
    const [computer, tab] = [window.localStorage, window.sessionStorage];
    tab.getItem(KEY);
    return {
      get remembers() {
        return computer.getItem(KEY) !== null;
      },
      read: () => computer.getItem(KEY) ?? tab.getItem(KEY),
      write(text) {
        try {
          (computer.getItem(KEY) === null ? tab : computer).setItem(KEY, text);
        } catch {
          // The store is full; the file still saves everything.
        }
      },
      remember(text) {
        computer.setItem(KEY, text);
        tab.removeItem(KEY);
      },
      onlyInTab(text) {
        tab.setItem(KEY, text);
        computer.removeItem(KEY);
      },
      forget() {
        if (computer.getItem(KEY) !== null) computer.setItem(KEY, FORGOTTEN);
        computer.removeItem(KEY);
        tab.removeItem(KEY);
      },
    };
  } catch {
    return null;
  }
}

/**
 * Keep the store and Python's answers in sync. Anything new in the store is merged first and only
 * then overwritten, so two notebooks never undo each other's answers.
 */
function createCarrier(model, send, signal) {
  // On a hub the answers are kept in the student's home directory; the next student has another.
  const store = model.get("_spec").kept ? null : openStore();
  if (!store) return null;
  const others = new EventTarget();
  window[Symbol.for(KEY)] ??= others; // the panels of one page notify each other
  const page = window[Symbol.for(KEY)];
  let seen = null;

  function sync() {
    const { file } = model.get("_shown");
    const stored = store.read();
    if (stored && stored !== seen && stored !== FORGOTTEN) {
      seen = stored;
      send({ stored });
    } else if (file && file !== stored) {
      seen = file;
      store.write(file);
      page.dispatchEvent(new Event("change"));
    }
  }
  function forget() {
    seen = null;
    send({ forget: true });
  }
  model.on("change:_shown", sync);
  page.addEventListener("change", sync, { signal });
  page.addEventListener("forget", forget, { signal });
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key !== KEY) return;
    if (newValue === FORGOTTEN) forget();
    else sync();
  }, { signal });
  sync();

  return {
    get remembers() {
      return store.remembers;
    },
    remember(yes) {
      const text = store.read() ?? model.get("_shown").file;
      (yes ? store.remember : store.onlyInTab)(text);
      page.dispatchEvent(new Event("change"));
    },
    forget() {
      store.forget();
      page.dispatchEvent(new Event("forget"));
    },
  };
}

function renderTable() {
  const body = make("tbody");
  const head = [gettext("Lesson"), gettext("Answered"), gettext("Right at first try")].map((word) =>
    make("th", { scope: "col" }, word));
  return {
    element: make("table", { class: "tw-done" }, make("thead", {}, make("tr", {}, ...head)), body),
    update(rows) {
      body.replaceChildren(...rows.map(([lesson, ...cells]) =>
        make("tr", {}, make("th", { scope: "row" }, lesson),
          ...cells.map((cell) => make("td", {}, cell)))));
    },
  };
}

function renderFile({ model, spec, send, status }) {
  const picker = make("input", {
    type: "file", accept: ".json,application/json", hidden: true,
    async onchange() {
      const [file] = picker.files;
      if (!file) return;
      if (file.size > spec.largest) {
        say(status, gettext("The file is too large to be a progress file. Nothing was changed."));
      } else send({ file: await file.text() });
      picker.value = ""; // so that the same file can be chosen again
    },
  });
  const save = make("button", {
    type: "button", class: "tw-preset",
    onclick: () => saveFile("twitchlib-progress.json", model.get("_shown").file, "application/json"),
  }, gettext("Save my progress"));
  const load = make("button", {
    type: "button", class: "tw-preset", onclick: () => picker.click(),
  }, gettext("Load my progress"));
  return {
    element: make("div", { class: "tw-actions" }, save, load, picker),
    update: (file) => (save.disabled = !file),
  };
}

/** A button that asks for confirmation before it acts. */
function renderForget(act) {
  const ask = make("button", { type: "button", class: "tw-quiet", onclick: () => setAsking(true) },
    gettext("Forget my answers"));
  const yes = make("button", {
    type: "button", class: "tw-preset",
    onclick() {
      setAsking(false);
      act();
    },
  }, gettext("Yes, forget them"));
  const no = make("button", { type: "button", class: "tw-quiet", onclick: () => setAsking(false) },
    gettext("Keep them"));
  const sure = make("div",
    { class: "tw-actions", role: "group", "aria-label": gettext("Forget all answers?") },
    make("span", {}, gettext("All answers here are lost, unless you saved them.")), yes, no);
  function setAsking(asking) {
    ask.hidden = asking;
    sure.hidden = !asking;
    (asking ? no : ask).focus();
  }
  sure.hidden = true;
  return make("div", { class: "tw-forget" }, ask, sure);
}

export default panelOf((view) => {
  const { spec, send, status, shared: carrier } = view;
  const summary = make("p", {});
  const table = renderTable();
  const file = renderFile(view);
  const box = make("input", { type: "checkbox", onchange: () => carrier.remember(box.checked) });
  const remember = make("label", { class: "tw-remember" }, box,
    make("span", {}, gettext(
      "Remember my answers on this computer. (Leave this unticked if others use it too.)")));
  const where = spec.kept
    ? gettext(
      "Your answers are kept in the file {file} in your home directory on this server, wherever " +
      "you sign in. It holds your answers and nothing about you.", { file: spec.kept })
    : carrier ? gettext(
      "Your answers stay in this tab and are gone when you close it. The file holds your " +
      "answers and nothing about you.")
    : gettext(
      "Your browser keeps nothing for this page, so save your answers before you leave it.");
  const forget = renderForget(() => (carrier ? carrier.forget() : send({ forget: true })));
  const keep = make("details", { class: "tw-more", open: spec.open },
    make("summary", {}, gettext("Keep my answers")),
    make("p", { class: "tw-note" }, where), file.element, status,
    ...(carrier ? [remember] : []), forget);
  return {
    element: makePanel(summary, table.element, keep),
    update(shown) {
      say(summary, shown.summary);
      table.element.hidden = !shown.lessons.length;
      table.update(shown.lessons);
      file.update(shown.file);
      box.checked = carrier?.remembers ?? false;
      return shown.message;
    },
  };
}, { merge: (earlier, later) => ({ ...earlier, ...later }), share: createCarrier });
