// Shared by the scripts of the widgets: Python puts this file before theirs to make one module.

const NOTES = {
  failed: gettext("That change could not be shown. Move a control to try again."),
  slow: gettext("Still working…"),
  lost: gettext("Connection lost. Trying to reach the server again…"),
  ended: gettext(
    "These controls have lost their session and no longer answer. Reload the page to go on " +
    "(in a notebook, run the cell again)."),
};

/** Make an element; strings become text, never markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/**
 * The panel's own element. JupyterLab takes arrow keys and Enter for the notebook unless the focused
 * element itself says that it needs them.
 */
function makePanel(...children) {
  const panel = make("div", { class: "tw-panel" }, ...children);
  panel.addEventListener("focusin", ({ target }) => {
    target.setAttribute("data-lm-suppress-shortcuts", "true");
  });
  return panel;
}

/** Change a text only if it differs, so that unchanged text is not read out again. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Have the browser save a file. */
function saveFile(name, content, type) {
  const href = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** An id that is unique on the page. */
function uniqueId() {
  return `tw-${Math.random().toString(36).slice(2)}`;
}
