// A button that opens a CSV file. Python reads it; this refuses a file that is too large.

export default panelOf(({ spec, send, status }) => {
  const file = renderFileInput({ accept: ".csv,.tsv,.txt,text/csv,text/plain" },
    gettext("A CSV file of at most 2 MB."), async ([chosen]) => {
      const { name, size } = chosen;
      if (size > spec.most_bytes) {
        return gettext("“{name}” has more than 2 MB, the most that a diary may have.", { name });
      }
      try {
        send({ name, data: await base64Of(chosen) });
        return "";
      } catch {
        return gettext("“{name}” could not be read.", { name });
      }
    });
  const order = (label, day_first) => make("button",
    { type: "button", class: "tw-preset", onclick: () => send({ day_first }) }, label);
  const orders = make("div",
    { class: "tw-order", role: "group", "aria-label": gettext("Order of day and month") },
    order(gettext("The day comes first"), true), order(gettext("The month comes first"), false));
  return {
    element: makePanel(make("div", { class: "tw-field" },
      make("label", { for: file.input.id }, gettext("Open your diary")),
      file.input, file.note, file.problem, orders, status)),
    update(shown) {
      orders.hidden = !shown.ask_order;
      return file.update(shown);
    },
  };
});
