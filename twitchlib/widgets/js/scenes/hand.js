// A fist on a scale, beside it a cross-section of a muscle, with a disc for each unit.
const fistOnScale = (root, { top_n: top }, { x, y, radius }, words) => {
  const turned = (newtons) => `translate(170 204) rotate(${(270 * newtons) / top - 135})`;
  const pointer = path("tw-b-muscle", "M0 0V-44");
  const fist = part("g", {},
    path("tw-b-ink", "M110 112H230M170 112V122"),
    path("tw-b-ink tw-b-solid",
      "M350 26C318 32 300 30 276 24C250 14 222 14 186 22V108C230 114 256 98 276 84C300 78 318 78 350 84"),
    ...[[128, 22], [122, 43], [126, 64], [136, 85]].map(([left, high]) =>
      part("rect", { class: "tw-b tw-b-ink tw-b-solid", x: left, y: high, width: 204 - left, height: 21, rx: 10.5 })),
    path("tw-b-ink tw-b-solid", "M256 40C226 34 196 36 172 46C158 54 166 70 180 68C204 64 216 70 230 78"));
  root.append(fist, circle("tw-b-ink tw-b-solid", 170, 204, 82));
  for (let n = 0; n <= top; n += 1) {
    const angle = ((270 * n) / top - 225) * (Math.PI / 180);
    root.append(path("tw-b-ink tw-b-thin", `M0 -82v${n % 2 ? 5 : 9}`, { transform: turned(n) }));
    if (n % 2 === 0) root.append(label(170 + 60 * Math.cos(angle), 210 + 60 * Math.sin(angle), n));
  }
  const discs = Array.from(radius, (r, i) =>
    circle("tw-b-dot tw-b-muscle", 478 + 112 * x[i], 128 + 112 * y[i], 112 * r - 0.7));
  root.append(
    pointer, circle("tw-b-ink tw-b-solid", 170, 204, 5), label(170, 270, words.unit),
    path("tw-b-muscle tw-b-thin", "M304 61L381 187M314 40L459 16"), circle("tw-b-muscle tw-b-thin", 316, 54, 14),
    circle("tw-b-muscle tw-b-solid", 478, 128, 114), ...discs,
    label(478, 272, words.muscle, "tw-b-muscle"));
  const press = (force) => {
    pointer.setAttribute("transform", turned(force));
    fist.setAttribute("transform", `translate(0 ${(8 * force) / top})`);
  };
  return { discs, press, turned };
};

// A fist presses on a scale with `force_n`; a unit is lit by its twitches.
DRAWINGS.hand = (root, scene) => {
  const { series: { rise_s, spike_s, begin } } = scene;
  const { discs, press } = fistOnScale(root, scene.numbers, scene.series, scene.words);
  const units = discs.map((disc, i) => ({
    disc, rise: rise_s[i], fired: spike_s.subarray(begin[i], begin[i + 1]),
  }));

  return (time) => {
    press(scene.at("force_n", time));
    for (const { disc, rise, fired } of units) {
      let light = 0;
      for (let k = countUntil(fired, time) - 1; time - fired[k] < 7 * rise; k -= 1) {
        light += twitch(time - fired[k], rise);
      }
      disc.setAttribute("fill-opacity", 0.15 + 0.85 * Math.min(light, 1));
    }
  };
};
