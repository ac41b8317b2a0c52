// The fibres of a unit between a wall and a spring, which they stretch with `force`; pulses arrive along the nerve.

DRAWINGS.fibre = (root, scene) => {
  const EACH = 14; // stretch for the force of one twitch
  const { numbers: { top }, series: { pulse_s }, words } = scene;
  const muscle = path("tw-b-muscle tw-b-fill", "");
  const stripes = path("tw-b-muscle tw-b-thin", "");
  const spring = path("tw-b-ink", "");
  const pointer = path("tw-b-ink", "M0 84V232");
  const nerve = path("tw-b-nerve", "M100 36H196Q232 36 232 76V172");
  const dots = Array.from({ length: 9 }, () => circle("tw-b-dot tw-b-nerve", 0, 0, 7));
  root.append(
    path("tw-b-ink", "M98 84V188M600 84V188"), spring, muscle, stripes, nerve,
    ...[100, 136, 172].map((y) => circle("tw-b-nerve tw-b-fill", 232, y, 5)), ...dots, pointer,
    label(142, 24, words.nerve, "tw-b-nerve"), label(196, 226, words.unit, "tw-b-muscle"), label(520, 270, words.scale));
  for (let n = 0; n <= top; n += 1) {
    root.append(path("tw-b-ink tw-b-thin", `M${414 - EACH * n} 238v${n % 5 ? 6 : 10}`));
    if (n % 5 === 0) root.append(label(414 - EACH * n, 270, n));
  }
  const length = nerve.getTotalLength();

  return (time) => {
    const moved = EACH * scene.at("force", time);
    const end = 400 - moved;
    const half = 12.5 * Math.sqrt(300 / (300 - moved)); // the same volume
    let tubes = "";
    let lines = "";
    let ends = "";
    for (const y of [100, 136, 172]) {
      tubes += `M114 ${y - half}H${end - 14}q14 0 14 ${half}t-14 ${half}H114q-14 0 -14 ${-half}t14 ${-half}Z`;
      ends += `M${end} ${y}h14`;
      for (let i = 1; i < 14; i += 1) lines += `M${100 + ((end - 100) * i) / 14} ${y - half}v${2 * half}`;
    }
    muscle.setAttribute("d", tubes);
    stripes.setAttribute("d", lines);
    pointer.setAttribute("transform", `translate(${end + 14})`);
    const coil = (556 - end) / 40;
    spring.setAttribute("d", `${ends}M${end + 14} 136h15${`l${coil} -16l${2 * coil} 32l${coil} -16`.repeat(10)}H600`);
    const next = countUntil(pulse_s, time);
    dots.forEach((dot, i) => {
      const way = 1 - (pulse_s[next + i] - time) / 0.12;
      dot.style.opacity = +(way > 0);
      if (!(way > 0)) return;
      const { x, y } = nerve.getPointAtLength(way * length);
      dot.setAttribute("transform", `translate(${x} ${y})`);
    });
  };
};
