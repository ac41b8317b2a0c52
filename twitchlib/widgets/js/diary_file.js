// A button that opens a CSV file. What is in it, Python decides; this refuses what is too large.

export default () => {
  let outbox; // one for each model, shared by its views

  return {
    initialize({ model, signal }) {
      outbox = createOutbox(model, (_, later) => later, signal);
    },
    render({ model, el, signal }) {
      const id = uniqueId();
      const { most_bytes } = model.get("_spec");
      const input = make("input", {
        type: "file", id, class: "tw-file", accept: ".csv,.tsv,.txt,text/csv,text/plain",
        "aria-describedby": `${id}-note ${id}-problem`, onchange: open,
      });
      const note = make("p", { class: "tw-note", id: `${id}-note` },
        gettext("A CSV file of at most 2 MB."));
      const opened = make("p", { class: "tw-status", role: "status" });
      const problem = make("p", { class: "tw-problem", id: `${id}-problem`, role: "alert" });
      const order = (label, day_first) => make("button",
        { type: "button", class: "tw-preset", onclick: () => outbox.send({ day_first }) }, label);
      const orders = make("div",
        { class: "tw-order", role: "group", "aria-label": gettext("Order of day and month") },
        order(gettext("The day comes first"), true), order(gettext("The month comes first"), false));
      el.append(makePanel(make("div", { class: "tw-field" },
        make("label", { for: id }, gettext("Open your diary")), input, note, problem, orders, opened)));

      async function open() {
        const [file] = input.files;
        if (!file) return;
        const { name } = file;
        if (file.size > most_bytes) {
          refuse(gettext("“{name}” has more than 2 MB, the most that a diary may have.", { name }));
          return;
        }
        try {
          outbox.send({ name, data: await base64Of(file) });
        } catch {
          refuse(gettext("“{name}” could not be read.", { name }));
        }
        input.value = ""; // so that the same file can be opened again after a change
      }
      function refuse(why) {
        refuseFile(why, input, problem);
      }
      outbox.watch(() => {
        const state = model.get("_shown");
        orders.hidden = !state.ask_order;
        showFileState(state, outbox, { input, problem, opened });
      }, signal);
    },
  };
};
