// Opens the progress files of a class. Python reads them; this refuses what is too large to send.

export default panelOf(({ spec, send, status }) => {
  const file = renderFileInput({ multiple: true, accept: ".json,application/json" },
    gettext("Progress files, at most {files} at once and {kb} kB each.",
      { files: spec.most_files, kb: spec.largest / 1000 }), async (chosen) => {
      if (chosen.length > spec.most_files) {
        return gettext("That is {n} files. Choose at most {files}.",
          { n: chosen.length, files: spec.most_files });
      }
      if (chosen.reduce((sum, one) => sum + one.size, 0) > spec.most_bytes) {
        return gettext("Together, those files are too large.");
      }
      try {
        const files = {};
        for (const one of chosen) {
          let name = one.name;
          for (let n = 2; name in files; n += 1) name = `${one.name} (${n})`;
          // A file too large by itself goes empty, to be named with the others that cannot be used.
          files[name] = one.size > spec.largest ? "" : await one.text();
        }
        send({ files });
        return "";
      } catch {
        return gettext("The files could not be read.");
      }
    });
  return {
    element: makePanel(make("div", { class: "tw-field" },
      make("label", { for: file.input.id }, gettext("Open the progress files of a class")),
      file.input, file.note, file.problem, status)),
    update: file.update,
  };
});
