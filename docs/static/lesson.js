// Show a lesson in its first state with the course's own front end. There is no kernel.

// The widgets read the page's theme from `data-jp-theme-light`.
function followTheme() {
  const { theme } = document.body.dataset;
  const dark = theme === "dark" || (theme !== "light" && preferred.matches);
  document.body.dataset.jpThemeLight = String(!dark);
}
const preferred = matchMedia("(prefers-color-scheme: dark)");
preferred.addEventListener("change", followTheme);
new MutationObserver(followTheme).observe(document.body, { attributeFilter: ["data-theme"] });
followTheme();

// A page opened from a disk may import only modules that it has made itself.
function part(name) {
  const text = globalThis.twitchlibParts[name];
  return import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}

async function show() {
  const front = part("front");
  // Figures look for plotly.js here. It starts once the controls can be drawn.
  globalThis[Symbol.for("twitchlib.plotly")] = front.then(() => part("figures")).then(({ default: plotly }) => plotly);
  const [{ start }, common] = await Promise.all([front, part("common")]);
  const manager = await start({}, common);
  if (!manager) throw new Error("twitchlib: this page shows a widget that it does not carry");
  await manager.complete();
  document.documentElement.dataset.state = "ready";
}

show();
