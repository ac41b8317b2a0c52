// Opens a reader's own recording. Python reads it; this refuses a file that is too large.

export default panelOf(({ spec, send, status }) => {
  const id = uniqueId();
  const size = { megabytes: spec.most_bytes / 1e6 };
  const accept = [...spec.formats, ".tsv", ".txt"].join(","); // text files are read as tables
  const file = renderFileInput({ multiple: true, accept },
    gettext(
      "CSV, Parquet, EDF, BDF, or WFDB (choose .hea and .dat together), at most {megabytes} MB.",
      size), async (files) => {
      if (files.reduce((sum, one) => sum + one.size, 0) > spec.most_bytes) {
        return gettext("That is more than {megabytes} MB. Cut out the part that you want to see.", size);
      }
      try {
        const data = {};
        for (const one of files) data[one.name] = await base64Of(one);
        send({ files: data, ...typed() });
        return "";
      } catch {
        return gettext("The file could not be read.");
      }
    });
  const unit = make("select", { id: `${id}-unit`, class: "tw-entry", onchange: sendTyped },
    make("option", { value: "" }, gettext("as the file says")),
    ...spec.units.map((one) => make("option", { value: one }, one)));
  const rate = make("input", { id: `${id}-rate`, class: "tw-entry", type: "text", inputmode: "decimal", onchange: sendTyped });
  const channel = make("input", { id: `${id}-channel`, class: "tw-entry", type: "text", onchange: sendTyped });
  const field = (label, control) =>
    make("div", { class: "tw-field" }, make("label", { for: control.id }, label), control);

  function typed() {
    return { unit: unit.value, sample_hz: rate.value, channel: channel.value };
  }
  function sendTyped() {
    send(typed());
  }
  return {
    element: makePanel(
      field(gettext("Open a recording of your own"), file.input), file.note, file.problem, status,
      make("details", {},
        make("summary", {}, gettext("If the file does not say its unit, rate or channel")),
        field(gettext("Unit"), unit), field(gettext("Samples a second (Hz)"), rate),
        field(gettext("Channel or column"), channel))),
    update: file.update,
  };
}, { merge: (earlier, later) => ({ ...earlier, ...later }) });
