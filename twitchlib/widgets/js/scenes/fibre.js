// Fibres of one unit between a wall and a spring, which stretches by `force`; pulses arrive along the nerve.

DRAWINGS.fibre = (root, scene) => {
  const LONG = 300;
  const EACH = 12; // for one twitch
  const WAY_S = 0.12;
  const { top } = scene.numbers;
  const pulses = scene.series.pulse_s;
  const muscle = path("tw-b-muscle tw-b-fill", "");
  const stripes = path("tw-b-muscle tw-b-thin", "");
  const spring = path("tw-b-ink", "");
  const pointer = path("tw-b-ink", "M0 84V232");
  const nerve = path("tw-b-nerve", "M100 34H196C220 34 232 48 232 72");
  const dots = Array.from({ length: 9 }, () => circle("tw-b-dot tw-b-nerve", 0, 0, 7));
  root.append(
    path("tw-b-ink", "M100 84V188M600 84V188"), spring, muscle, stripes, nerve,
    path("tw-b-nerve tw-b-thin", "M220 72H244"), ...dots, pointer,
    path("tw-b-ink tw-b-thin", Array.from({ length: top + 1 },
      (_, n) => `M${414 - EACH * n} 238v${n % 5 ? 6 : 12}`).join("")),
    ...[0, 5, 10].map((n) => label(414 - EACH * n, 268, n)),
    label(520, 268, scene.words.scale), label(142, 24, scene.words.nerve, "tw-b-nerve"),
    label(200, 226, scene.words.unit, "tw-b-muscle"));
  const length = nerve.getTotalLength();

  return (time) => {
    const moved = EACH * scene.at("force", time);
    const end = 400 - moved;
    const half = 14 * Math.sqrt(LONG / (LONG - moved)); // the same volume
    let tubes = "";
    let lines = "";
    for (const y of [100, 136, 172]) {
      tubes += `M114 ${y - half}H${end - 14}q14 0 14 ${half}t-14 ${half}H114q-14 0 -14 ${-half}t14 ${-half}Z`;
      for (let i = 1; i < 14; i += 1) lines += `M${100 + ((end - 100) * i) / 14} ${y - half}v${2 * half}`;
    }
    muscle.setAttribute("d", tubes);
    stripes.setAttribute("d", lines);
    pointer.setAttribute("transform", `translate(${end + 14})`);
    const coil = (570 - end - 14) / 20;
    spring.setAttribute("d", `M${end} 136h29${`l${coil / 2} -16l${coil} 32l${coil / 2} -16`.repeat(10)}H600`);
    const next = countUntil(pulses, time);
    dots.forEach((dot, i) => {
      const way = 1 - (pulses[next + i] - time) / WAY_S;
      dot.style.opacity = way > 0 ? 1 : 0;
      if (!(way > 0)) return;
      const { x, y } = nerve.getPointAtLength(way * length);
      dot.setAttribute("transform", `translate(${x} ${y})`);
    });
  };
};
