// A cup that holds `left_mg`, filled by a stream as wide as `flow`; beside it the hours of a day, noon on top.

DRAWINGS.cup = (root, scene) => {
  const { begins_h: begin, ends_h: end, bedtime_h: bed, top_mg: top } = scene.numbers;
  const high = (mg) => 264 - (150 * mg) / top;
  const turn = (hour, r) => {
    const angle = ((hour / 24) * 2 + 0.5) * Math.PI;
    return [488 + r * Math.cos(angle), 144 + r * Math.sin(angle)];
  };
  const level = path("tw-b-ink tw-b-fill", "");
  const stream = path("tw-b-ink", "");
  const amount = label(216, 0, "");
  const hand = path("tw-b-ink", "M0 0V84");
  const hours = [6, 12, 18, 24].map((hour) => {
    const [x, y] = turn(hour, 82);
    return label(x, y + 6, hour);
  });
  root.append(
    stream, level,
    path("tw-b-ink", "M140 92V236Q140 264 168 264H264Q292 264 292 236V92M292 124H312Q340 124 340 152V176Q340 204 312 204H292"),
    ...[0, 0.5, 1].flatMap((share) => [
      path("tw-b-ink tw-b-thin", `M128 ${high(share * top)}H140`), label(104, high(share * top) + 6, share * top)]),
    label(104, 92, scene.words.unit), amount,
    path("tw-b-attention tw-b-fill", `M488 144L${turn(bed, 104)}A104 104 0 0 1 ${turn(end, 104)}Z`),
    circle("tw-b-ink", 488, 144, 104),
    ...Array.from(scene.series.drink_h, (hour) => circle("tw-b-dot tw-b-ink", ...turn(hour, 104), 7)),
    ...hours, hand, circle("tw-b-ink tw-b-solid", 488, 144, 5),
    label(...turn((bed + end) / 2, 50), scene.words.bedtime, "tw-b-attention"));

  return (time) => {
    const left = scene.at("left_mg", time);
    const y = high(left);
    level.setAttribute("d", `M141 ${y}H291V236Q291 263 264 263H168Q141 263 141 236Z`);
    amount.setAttribute("y", y - 8);
    amount.textContent = `${Math.round(left)} ${scene.words.unit}`;
    const flow = scene.at("flow", time) / 40;
    stream.setAttribute("d", `M216 20V${y}`);
    stream.setAttribute("style", `stroke-width:${flow};opacity:${Math.min(flow, 1)}`);
    hand.setAttribute("transform", `translate(488 144) rotate(${(begin + time / 3600) * 15})`);
  };
};
