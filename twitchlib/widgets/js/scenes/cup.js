// A cup that holds `left_mg`, filled by a stream as wide as `flow`; beside it a day's hours, noon at the top.

DRAWINGS.cup = (root, scene) => {
  const { numbers: { begins_h, ends_h, bedtime_h, top_mg: top }, words } = scene;
  const high = (mg) => 264 - (150 * mg) / top;
  const turned = (hour, r) => {
    const angle = (hour / 12 + 0.5) * Math.PI;
    return [488 + r * Math.cos(angle), 146 + r * Math.sin(angle)];
  };
  const named = (name, [x, y]) => label(x, y + 6, name);
  const level = path("tw-b-ink tw-b-fill", "");
  const stream = path("tw-b-ink", "");
  const amount = label(236, 0, "");
  const hand = path("tw-b-ink", "M0 0V72");
  root.append(
    stream, level,
    path("tw-b-ink", "M140 92V264H292V92M292 124H312Q340 124 340 152V176Q340 204 312 204H292"), amount,
    ...[0, top / 2, top].flatMap((mg) => [
      path("tw-b-ink tw-b-thin", `M130 ${high(mg)}H140`), named(mg, [106, high(mg)])]),
    label(106, 92, words.unit),
    path("tw-b-attention tw-b-fill", `M488 146L${turned(bedtime_h, 88)}A88 88 0 0 1 ${turned(ends_h, 88)}Z`),
    circle("tw-b-ink", 488, 146, 88),
    ...Array.from(scene.series.drink_h, (hour) => circle("tw-b-dot tw-b-ink", ...turned(hour, 88), 7)),
    ...[6, 12, 18, 24].map((hour) => named(hour, turned(hour, 108))),
    label(398, 256, words.bedtime, "tw-b-attention"), hand, circle("tw-b-ink tw-b-solid", 488, 146, 5));

  return (time) => {
    const left = scene.at("left_mg", time);
    const flow = scene.at("flow", time) / 40;
    const y = high(left);
    level.setAttribute("d", `M140 ${y}H292V264H140Z`);
    stream.setAttribute("d", `M180 0V${y}`);
    stream.setAttribute("style", `stroke-width:${flow};opacity:${Math.min(flow, 1)}`);
    amount.setAttribute("y", y - 8);
    say(amount, `${Math.round(left)} ${words.unit}`);
    hand.setAttribute("transform", `translate(488 146) rotate(${(begins_h + time / 3600) * 15})`);
  };
};
