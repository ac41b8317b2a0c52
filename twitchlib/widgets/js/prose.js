// Shows the model's HTML; what is unfolded or focused stays so when the text changes.

function render({ model, el }) {
  el.classList.add("tw-prose");
  const draw = () => {
    const open = new Set([...el.querySelectorAll("details[open]")].map((d) => d.id));
    const focused = el.contains(document.activeElement)
      ? document.activeElement.closest("details")?.id
      : null;
    el.innerHTML = model.get("html");
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
