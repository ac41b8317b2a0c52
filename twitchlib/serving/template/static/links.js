// Makes links to lessons, and their QR codes, where there is no server to do so: Python in a worker draws the codes.

(() => {
  "use strict";

  const form = document.querySelector(".link-form");
  const made = document.querySelector(".link-made");
  const [link] = made.getElementsByTagName("a");
  const status = made.querySelector("[role=status]");
  let turn = 0;
  let python;

  // A worker made from a script of the page's own obeys the page's policy.
  function start() {
    const code = `import ${JSON.stringify(new URL(form.dataset.worker, document.baseURI).href)};`;
    const script = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const worker = new Worker(script, { type: "module" });
    return new Promise((resolve, reject) => {
      worker.addEventListener("error", reject);
      worker.addEventListener("message", ({ data }) => {
        if (data.kind === "alive") resolve(worker);
        if (data.kind === "died") reject(new Error(data.why));
      });
      worker.postMessage({ kind: "begin", cells: [], states: "" });
    });
  }

  async function code(address) {
    python ??= start();
    const worker = await python;
    return new Promise((resolve) => {
      worker.addEventListener("message", ({ data }) => {
        if (data.kind === "ran") resolve(data.outputs[0]?.text ?? "");
      }, { once: true });
      const source = `from twitchlib.snapshot.qr import qr_svg\nprint(qr_svg(${JSON.stringify(address)}), end="")`;
      worker.postMessage({ kind: "run", source });
    });
  }

  // What was pasted may be a whole address.
  function addressOf(to, state, present) {
    const query = state.trim().replace(/^[^?]*\?/, "").replace(/#.*/s, "");
    const parts = query.split("&").filter((part) => part && !/^present(=|$)/.test(part));
    if (present) parts.push("present");
    const address = new URL(to, document.baseURI);
    address.search = parts.join("&");
    return address;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    turn += 1;
    const mine = turn;
    const { to, state, present } = form.elements;
    const address = addressOf(to.value, state.value, present.checked);
    made.hidden = false;
    made.firstElementChild.replaceChildren();
    link.href = address.href;
    link.textContent = address.href;
    status.textContent = gettext("Its QR code is being made …");
    const svg = await code(address.href).catch(() => null);
    if (mine !== turn) return; // another link has been asked for
    if (svg) {
      made.firstElementChild.innerHTML = svg;
      const here = ["localhost", "127.0.0.1", "[::1]"].includes(address.hostname);
      status.textContent = here ? gettext("Only this computer can open this address.") : "";
    } else if (svg === "") {
      status.textContent = gettext("This address is too long for a QR code that a camera could read.");
    } else {
      status.textContent = gettext("The QR code could not be made. The link works all the same.");
    }
  });
})();
