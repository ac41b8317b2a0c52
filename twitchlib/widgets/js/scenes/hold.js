// A fist holds `force_n` as long as it can; a unit is filled by the strength it has left, and lit by its firing rate.

DRAWINGS.hold = (root, scene) => {
  const { numbers: { target_n: target, whole, samples }, series: { left, fires, radius } } = scene;
  const { discs, press, turned } = fistOnScale(root, scene.numbers, scene.series, scene.words);
  root.append(path("tw-b-attention", "M0 -58V-84", { transform: turned(target) }));
  const fillings = discs.map((disc) => {
    const filling = disc.cloneNode();
    disc.setAttribute("fill-opacity", 0.06);
    disc.after(filling);
    return filling;
  });

  return (time) => {
    press(scene.at("force_n", time));
    const place = Math.min(Math.max((time / scene.duration_s) * (samples - 1), 0), samples - 1);
    const before = Math.min(Math.floor(place), samples - 2);
    const share = (values, i) => {
      const [early, late] = [0, 1].map((n) => values[(before + n) * radius.length + i]);
      return (early + (late - early) * (place - before)) / whole;
    };
    fillings.forEach((filling, i) => {
      filling.setAttribute("r", Math.max((112 * radius[i] - 0.7) * Math.sqrt(share(left, i)), 0));
      filling.setAttribute("fill-opacity", 0.15 + 0.85 * Math.min(share(fires, i), 1));
    });
  };
};
