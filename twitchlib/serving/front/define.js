// Evaluated before anywidget, which finds this `define`.

export const taken = {};

globalThis.define = (_, make) => {
  taken.make = make;
};
