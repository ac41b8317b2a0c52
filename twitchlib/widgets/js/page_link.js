// Reads the page's address for Python and keeps it up to date, on the course's own pages only.

const REST_MS = 300; // browsers refuse an address that changes too often

function isCoursePage() {
  return document.querySelector('meta[name="twitchlib-page"]') !== null;
}

export default () => {
  let write = () => {};

  return {
    initialize({ model, signal }) {
      if (!isCoursePage()) return;
      let timer;
      write = () => {
        clearTimeout(timer);
        const now = new URLSearchParams(location.search);
        const kept = model.get("_page_own").flatMap((name) => now.getAll(name).map((v) => [name, v]));
        const next = new URLSearchParams([...kept, ...new URLSearchParams(model.get("_written"))]);
        const query = next.size ? `?${next}` : "";
        if (query !== location.search) {
          history.replaceState(history.state, "", `${location.pathname}${query}${location.hash}`);
        }
      };
      model.on("change:_written", () => {
        clearTimeout(timer);
        timer = setTimeout(write, REST_MS);
      });
      signal.addEventListener("abort", () => clearTimeout(timer));
      if (location.search) model.send({ query: location.search });
    },
    render({ model, el }) {
      if (!isCoursePage()) {
        el.style.display = "none";
        return;
      }
      const note = make("span", { class: "tw-status", role: "status" });
      const address = make("input", {
        type: "text", readonly: true, class: "tw-address",
        "aria-label": gettext("Link to this state"),
        onfocus: () => address.select(),
      });
      const copy = make("button", {
        type: "button", class: "tw-quiet",
        async onclick() {
          write();
          try {
            await navigator.clipboard.writeText(location.href);
            note.textContent = gettext("Copied.");
          } catch {
            // The clipboard is not available to pages served over plain http.
            address.value = location.href;
            address.hidden = false;
            address.focus();
            note.textContent = gettext("Copy it from the field.");
          }
        },
      }, gettext("Copy link to this state"));
      address.hidden = true;
      model.on("change:_written", () => {
        address.hidden = true;
        note.textContent = "";
      });
      el.append(makePanel(make("div", { class: "tw-link" }, copy, note, address)));
    },
  };
};
