// Unpacks what `twitchlib.snapshot.states` packed: the initial states of a lesson's widgets. Each is unpacked when its
// widget is made, since a page shows few of them at first.

import { put_buffers } from "@jupyter-widgets/base";

const ELEMENT = "widget-states";
const TEXT = "twitchlib:text";

/** The states as the page carries them; empty if it carries none. */
export const packed = () => document.getElementById(ELEMENT)?.textContent ?? "";

/**
 * Return the states that the page carries; null if there are none or this browser cannot unpack them.
 *
 * @param {object} common The module of `twitchlib.snapshot.common`, which has paragraphs of their texts.
 * @returns {Promise<object | null>} The `names` of the widgets, the texts of their `styles` in that order, each once,
 *   and `about`, a function from a name to what `ManagerBase.new_model` takes, with the `state`.
 */
export async function carried(common) {
  if (!packed() || !("DecompressionStream" in globalThis)) return null;
  const stream = new Blob([bytes(packed())]).stream();
  const content = await new Response(stream.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
  const end = 4 + new DataView(content).getUint32(0, true);
  const { mark, pieces, texts, arrays, states } = JSON.parse(new TextDecoder().decode(content.slice(4, end)));
  if (mark !== common.mark) return null; // the lesson's kernel has other widgets than the server

  const paragraph = (number) => (number < 0 ? common.default[~number] : pieces[number]);
  const text = once((number) => texts[number].map(paragraph).join("\n\n"));
  const unshared = (node) => {
    if (node === null || typeof node !== "object") return node;
    if (TEXT in node) return text(node[TEXT]);
    for (const key of Object.keys(node)) node[key] = unshared(node[key]);
    return node;
  };
  let begin = end;
  const places = arrays.map(([size]) => {
    begin += size;
    return begin - size;
  });
  const view = once((number) => together(new Uint8Array(content, places[number], arrays[number][0]), arrays[number][1]));

  const styles = new Set(Object.values(states).flatMap(({ state }) => state._css?.[TEXT] ?? []));
  return {
    names: Object.keys(states),
    styles: [...styles].map(text),
    about(name) {
      const { buffers = [], ...about } = unshared(states[name]);
      put_buffers(about.state, buffers.map(([path]) => path), buffers.map(([, number]) => view(number)));
      return about;
    },
  };
}

function once(make) {
  const made = [];
  return (number) => (made[number] ??= make(number));
}

// Puts an array's bytes back in order: the first bytes of all items come first, then all second bytes, and so on.
function together(apart, width) {
  const array = new Uint8Array(apart.length);
  let at = 0;
  for (let first = 0; first < width; first += 1) {
    for (let i = first; i < array.length; i += width) array[i] = apart[at++];
  }
  return new DataView(array.buffer);
}

function bytes(base64) {
  const text = atob(base64);
  const all = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) all[i] = text.charCodeAt(i);
  return all;
}
