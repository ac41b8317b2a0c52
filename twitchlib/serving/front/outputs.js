// Outputs of a cell that are not widgets: tables, pictures, text.

export const VIEW = "application/vnd.jupyter.widget-view+json";

const PICTURES = ["image/png", "image/jpeg", "image/gif"];
// In order of preference, as JupyterLab would choose.
const RICH = [VIEW, "text/html", "image/svg+xml", ...PICTURES];
const PLAIN = "text/plain";

const best = ({ data }) => RICH.find((kind) => kind in data);

/** Whether an output is a widget or `show` can show it. Anything richer than text needs a known type. */
export function knows(output) {
  if (!output.data) return output.output_type === "stream";
  return Boolean(best(output)) || Object.keys(output.data).join() === PLAIN;
}

/** Show an output in its place. */
export function show(output, place) {
  const joined = (text) => (Array.isArray(text) ? text.join("") : String(text ?? ""));
  const kind = output.data && best(output);
  const made = document.createElement("div");
  if (kind === "text/html" || kind === "image/svg+xml") {
    made.className = kind === "text/html" ? "jp-RenderedHTMLCommon jp-RenderedHTML" : "jp-RenderedSVG";
    made.innerHTML = joined(output.data[kind]);
    // These come with the page, so they are as trusted as its own scripts.
    for (const script of made.querySelectorAll("script")) {
      const live = document.createElement("script");
      for (const { name, value } of script.attributes) live.setAttribute(name, value);
      live.textContent = script.textContent;
      script.replaceWith(live);
    }
  } else if (kind) {
    made.className = "jp-RenderedImage";
    const image = document.createElement("img");
    image.src = `data:${kind};base64,${joined(output.data[kind])}`;
    image.alt = joined(output.data[PLAIN]);
    made.append(image);
  } else {
    made.className = "jp-RenderedText";
    const text = document.createElement("pre");
    text.textContent = joined(output.text ?? output.data?.[PLAIN]);
    made.append(text);
  }
  made.classList.add("jp-OutputArea-output");
  place.replaceChildren(made);
}
