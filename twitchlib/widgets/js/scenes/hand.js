// A finger presses on a scale, whose pointer is `force_n`. Beside it the muscle, cut across: a disc for
// each unit, lit by its twitches.

DRAWINGS.hand = (root, scene) => {
  const { top_n: top } = scene.numbers;
  const { x, y, radius, rise_s: rise, spike_s: spikes, begin } = scene.series;
  const at = (r) => (newtons) => `translate(176 204) rotate(${(270 * newtons) / top - 135}) translate(0 ${-r})`;
  const ticks = Array.from({ length: top + 1 }, (_, n) => part("g", {},
    path("tw-b-ink tw-b-thin", n % 2 ? "M0 0V5" : "M0 0V9", { transform: at(70)(n) })));
  for (let n = 0; n <= top; n += 2) {
    const angle = (((270 * n) / top - 225) * Math.PI) / 180;
    ticks.push(label(176 + 47 * Math.cos(angle), 210 + 47 * Math.sin(angle), n));
  }
  const pointer = path("tw-b-muscle", "M0 0V56");
  const pressing = part("g", {},
    path("tw-b-ink", "M118 110H234M176 110V122"),
    path("tw-b-ink tw-b-solid",
      "M356 12C320 14 292 20 268 16C240 8 216 8 202 18C184 30 164 40 162 58C160 76 164 90 166 98C168 108 184 108 186 98C188 86 188 74 196 64C200 84 226 88 232 72C240 86 262 82 266 68C296 66 326 68 356 70"),
    path("tw-b-ink", "M262 42C240 42 210 44 196 64"));
  const discs = Array.from(radius, (r, i) =>
    circle("tw-b-dot tw-b-muscle", 478 + 112 * x[i], 128 + 112 * y[i], 112 * r - 0.7));
  root.append(
    pressing, circle("tw-b-ink tw-b-solid", 176, 204, 80), ...ticks, pointer,
    circle("tw-b-ink tw-b-solid", 176, 204, 5), label(176, 266, scene.words.unit),
    path("tw-b-muscle tw-b-thin", "M305 48L379 180M318 28L475 14"),
    circle("tw-b-muscle tw-b-thin", 318, 42, 14), circle("tw-b-muscle tw-b-solid", 478, 128, 114), ...discs,
    label(478, 272, scene.words.muscle, "tw-b-muscle"));
  const units = discs.map((disc, i) => ({ disc, rise: rise[i], fired: spikes.subarray(begin[i], begin[i + 1]) }));

  return (time) => {
    const force = scene.at("force_n", time);
    pointer.setAttribute("transform", at(60)(force));
    pressing.setAttribute("transform", `translate(0 ${(8 * force) / top})`);
    for (const { disc, rise, fired } of units) {
      let light = 0;
      for (let k = countUntil(fired, time) - 1; k >= 0 && time - fired[k] < 7 * rise; k -= 1) {
        light += twitch(time - fired[k], rise);
      }
      disc.setAttribute("fill-opacity", 0.15 + 0.85 * Math.min(light, 1));
    }
  };
};
