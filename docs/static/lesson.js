// Shows a lesson with the course's own front end, as it stands before anyone has touched it. No kernel answers here.

// The widgets look here for the theme of the page.
function followTheme() {
  const { theme } = document.body.dataset;
  const dark = theme === "dark" || (theme !== "light" && preferred.matches);
  document.body.dataset.jpThemeLight = String(!dark);
}
const preferred = matchMedia("(prefers-color-scheme: dark)");
preferred.addEventListener("change", followTheme);
new MutationObserver(followTheme).observe(document.body, { attributeFilter: ["data-theme"] });
followTheme();

// A page that is opened from a disk may import nothing but what it has made itself.
function part(name) {
  const text = globalThis.twitchlibParts[name];
  return import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}

async function show() {
  const front = part("front");
  // Where the figures look for plotly.js, which is begun once the controls can be drawn.
  globalThis[Symbol.for("twitchlib.plotly")] = front.then(() => part("figures")).then(({ default: plotly }) => plotly);
  const [{ start }, common] = await Promise.all([front, part("common")]);
  const manager = await start({}, common);
  if (!manager) throw new Error("twitchlib: this page shows something that it does not carry");
  await manager.complete();
  document.documentElement.dataset.state = "ready";
}

show();
