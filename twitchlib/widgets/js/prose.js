// Shows the model's HTML; what is unfolded or focused stays so when the text changes. Code is coloured
// here, since its words go over the wire again at each step of a slider.

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

function render({ model, el }) {
  el.classList.add("tw-prose");
  const draw = () => {
    const open = new Set([...el.querySelectorAll("details[open]")].map((d) => d.id));
    const focused = el.contains(document.activeElement)
      ? document.activeElement.closest("details")?.id
      : null;
    el.innerHTML = model.get("html");
    el.querySelectorAll("pre code").forEach(colour);
    for (const details of el.querySelectorAll("details")) {
      if (open.has(details.id)) details.open = true;
      if (focused && details.id === focused) details.querySelector("summary")?.focus();
    }
  };
  model.on("change:html", draw);
  draw();
  return () => model.off("change:html", draw);
}

export default { render };
