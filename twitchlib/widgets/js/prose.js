// Shows the model's HTML; what is unfolded or focused stays so when the text changes. Code is coloured
// here to keep it short on its way, since it is sent again at each step of a slider. Where the page itself
// runs Python, code can be changed and run.

const CODE = new RegExp([
  "(?<comment>#.*)",
  /(?<string>[rfb]?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))/.source,
  /(?<number>(?<![\w.])\d[\d_.]*(?:e[+-]?\d+)?)/.source,
  /\b(?<word>and|as|def|else|False|for|from|if|import|in|is|lambda|None|not|or|return|True|with)\b/.source,
].join("|"), "g");

function colour(code) {
  const text = code.textContent;
  let end = 0;
  code.replaceChildren();
  for (const found of text.matchAll(CODE)) {
    const [kind] = Object.entries(found.groups).find(([, part]) => part !== undefined);
    const token = document.createElement("span");
    token.className = `tw-code-${kind}`;
    [token.textContent] = found;
    code.append(text.slice(end, found.index), token);
    end = found.index + found[0].length;
  }
  code.append(text.slice(end));
}

const EDITING = Symbol.for("twitchlib.editing"); // makes an editor, on a page that can run code

function render({ model, el }) {
  el.classList.add("tw-prose");
  const editors = new Map();
  const offerEditing = (code) => {
    const details = code.closest("details");
    if (!details || !globalThis[EDITING]) return;
    if (!editors.has(details.id)) editors.set(details.id, globalThis[EDITING]());
    const { element, offer } = editors.get(details.id);
    offer(code.textContent);
    details.append(element);
  };
  const draw = () => {
    const open = new Set([...el.querySelectorAll("details[open]")].map((d) => d.id));
    const active = el.contains(document.activeElement) ? document.activeElement : null;
    const focused = active?.closest("details")?.id;
    el.innerHTML = model.get("html");
    for (const code of el.querySelectorAll("pre code")) {
      colour(code);
      offerEditing(code);
    }
    for (const details of el.querySelectorAll("details")) {
      if (open.has(details.id)) details.open = true;
      if (!focused || details.id !== focused) continue;
      if (active.isConnected) active.focus();
      else details.querySelector("summary")?.focus();
    }
  };
  model.on("change:html", draw);
  draw();
  return () => model.off("change:html", draw);
}

export default { render };
