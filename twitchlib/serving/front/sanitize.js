// Replaces the package sanitize-html, a quarter of the bundle: a browser parses HTML itself.
// Widgets use it for labels that may contain some markup.

/**
 * Return HTML with nothing but the allowed tags and attributes.
 *
 * @param {string} html
 * @param {{allowedTags: string[], allowedAttributes: Record<string, string[]>}} allowed As in
 *   sanitize-html; an attribute may end in `*`.
 */
export default function sanitize(html, { allowedTags = [], allowedAttributes = {} } = {}) {
  const page = new DOMParser().parseFromString(`<body>${html}`, "text/html");
  clean(page.body, new Set(allowedTags), allowedAttributes);
  return page.body.innerHTML;
}

const SILENT = new Set(["script", "style", "textarea", "option", "noscript", "template", "iframe"]);
const ADDRESS = /^(https?:|mailto:|ftp:|tel:|[^:]*$|[/?#])/i;

function clean(node, tags, attributes) {
  for (const child of [...node.childNodes]) {
    if (child.nodeType === Node.TEXT_NODE) continue;
    if (child.nodeType !== Node.ELEMENT_NODE) {
      child.remove();
      continue;
    }
    const tag = child.localName;
    if (SILENT.has(tag) || child.namespaceURI !== "http://www.w3.org/1999/xhtml") {
      child.remove();
      continue;
    }
    clean(child, tags, attributes);
    if (!tags.has(tag)) {
      child.replaceWith(...child.childNodes);
      continue;
    }
    const known = [...(attributes["*"] ?? []), ...(attributes[tag] ?? [])];
    for (const { name, value } of [...child.attributes]) {
      const fits = known.some((k) => (k.endsWith("*") ? name.startsWith(k.slice(0, -1)) : k === name));
      const safe = !["href", "src"].includes(name) || ADDRESS.test(value.replace(/[\s\0-\x1f]/g, ""));
      if (!fits || !safe) child.removeAttribute(name);
    }
  }
}
