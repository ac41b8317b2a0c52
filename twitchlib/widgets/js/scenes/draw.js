// Shared by all drawings: makes their parts, and reads a scene at a moment.

const DRAWINGS = {}; // name → (root, scene, ask) => (time) => void

const SVG = "http://www.w3.org/2000/svg";

/** Make a part of a drawing; strings become text. */
function part(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const path = (look, d, more = {}) => part("path", { class: `tw-b ${look}`, d, ...more });
const circle = (look, cx, cy, r) => part("circle", { class: `tw-b ${look}`, cx, cy, r });
const label = (x, y, text, look = "") => part("text", { class: `tw-b-label ${look}`, x, y }, text);

const bytes = ({ buffer, byteOffset, byteLength }) => buffer.slice(byteOffset, byteOffset + byteLength);
const floats = (values) => new Float32Array(bytes(values));

/** The scene in the model's state, in the form that drawings read. */
function opened(state) {
  const tracks = {};
  for (const [name, { sample_hz, values }] of Object.entries(state.tracks)) {
    tracks[name] = { sample_hz, values: floats(values) };
  }
  const series = {};
  for (const [name, values] of Object.entries(state.series)) series[name] = floats(values);
  for (const [name, values] of Object.entries(state.whole)) series[name] = new Uint16Array(bytes(values));
  return {
    ...state,
    tracks,
    series,
    /** A track's value at a moment. */
    at(name, time) {
      const { sample_hz, values } = tracks[name];
      const place = Math.min(Math.max(time * sample_hz, 0), values.length - 1);
      const before = Math.floor(place);
      const next = values[Math.min(before + 1, values.length - 1)];
      return values[before] + (place - before) * (next - values[before]);
    },
  };
}

/** How many of the sorted `times` are before or at `time`. */
function countUntil(times, time) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A twitch of the muscle model: it peaks at 1, `rise` seconds after its start. */
const twitch = (since, rise) => (since > 0 ? (since / rise) * Math.exp(1 - since / rise) : 0);
