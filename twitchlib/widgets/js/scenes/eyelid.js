// One eye. Its lower lid rises by `lift`; the nerve's end lights up for a moment at each pulse in `fired_s`.

DRAWINGS.eyelid = (root, { at, words, series: { fired_s: fired } }) => {
  const LIT_S = 0.03;
  const lid = path("tw-b-muscle tw-b-fill", "");
  const spark = circle("tw-b-dot tw-b-nerve", 450, 218, 9);
  root.append(path("tw-b-ink", "M150 142Q340-2 530 142M168 104Q340-34 512 104"),
    circle("tw-b-ink", 340, 128, 55), circle("tw-b-ink", 340, 128, 20), lid,
    path("tw-b-nerve", "M610 276C560 264 520 222 450 218"), spark,
    label(340, 268, words.lid, "tw-b-muscle"), label(522, 284, words.nerve, "tw-b-nerve"));

  return (time) => {
    const lift = 22 * at("lift", time);
    const low = 238 - lift / 2;
    lid.setAttribute("d", `M150 142Q340 ${256 - 2 * lift} 530 142C500 196 420 ${low} 340 ${low}C260 ${low} 180 196 150 142Z`);
    spark.style.opacity = time - fired[countUntil(fired, time) - 1] < LIT_S ? 1 : 0.15;
  };
};
