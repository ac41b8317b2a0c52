// Opens a recording of the reader's own. What is in it, Python decides; this refuses what is too large.

export default () => {
  let outbox; // one for each model, shared by its views

  return {
    initialize({ model, signal }) {
      outbox = createOutbox(model, (earlier, later) => ({ ...earlier, ...later }), signal);
    },
    render({ model, el, signal }) {
      const id = uniqueId();
      const { most_bytes, formats, units } = model.get("_spec");
      const size = { megabytes: most_bytes / 1e6 };
      const input = make("input", {
        type: "file", id, multiple: true, class: "tw-file",
        accept: [...formats, ".tsv", ".txt"].join(","), // a text is a table by any name
        "aria-describedby": `${id}-note ${id}-problem`, onchange: open,
      });
      const unit = make("select", { id: `${id}-unit`, onchange: tell },
        make("option", { value: "" }, gettext("as the file says")),
        ...units.map((one) => make("option", { value: one }, one)));
      const rate = make("input", { id: `${id}-rate`, type: "text", inputmode: "decimal", onchange: tell });
      const channel = make("input", { id: `${id}-channel`, type: "text", onchange: tell });
      const problem = make("p", { class: "tw-problem", id: `${id}-problem`, role: "alert" });
      const opened = make("p", { class: "tw-status", role: "status" });
      const field = (label, control) =>
        make("div", { class: "tw-field" }, make("label", { for: control.id }, label), control);
      el.append(makePanel(
        field(gettext("Open a recording of your own"), input),
        make("p", { class: "tw-note", id: `${id}-note` },
          gettext(
            "CSV, Parquet, EDF, BDF, or WFDB (choose .hea and .dat together), at most {megabytes} MB.",
            size)),
        problem, opened,
        make("details", {},
          make("summary", {}, gettext("If the file does not say its unit, rate or channel")),
          field(gettext("Unit"), unit), field(gettext("Samples a second (Hz)"), rate),
          field(gettext("Channel or column"), channel))));

      async function open() {
        const files = [...input.files];
        if (!files.length) return;
        if (files.reduce((sum, file) => sum + file.size, 0) > most_bytes) {
          refuse(gettext(
            "That is more than {megabytes} MB. Cut out the part that you want to see.", size));
          return;
        }
        try {
          const data = {};
          for (const file of files) data[file.name] = await base64Of(file);
          outbox.send({ files: data, ...said() });
        } catch {
          refuse(gettext("The file could not be read."));
        }
        input.value = ""; // so that the same file can be opened again after a change
      }
      function said() {
        return { unit: unit.value, sample_hz: rate.value, channel: channel.value };
      }
      function tell() {
        outbox.send(said());
      }
      function refuse(why) {
        refuseFile(why, input, problem);
      }
      outbox.watch(() => {
        showFileState(model.get("_shown"), outbox, { input, problem, opened });
      }, signal);
    },
  };
};
