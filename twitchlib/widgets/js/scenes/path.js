// A person on their back, feet to the right. A dot runs from the brain to the calf in `down_s` and
// `out_s`; the calf pulls by `pull`, and the foot turns by `turn_deg`.

DRAWINGS.path = (root, { at, words, duration_s: ends, numbers: { down_s: down, out_s: out } }) => {
  const [nerve, ink, thin] = ["tw-b-nerve", "tw-b-ink", "tw-b-faint tw-b-thin"];
  const ways = ["M120 190C140 196 148 214 176 218H296", "M296 218C350 224 400 206 440 206C466 206 474 214 486 219"]
    .map((d) => path(`${nerve} tw-b-thin`, d));
  const calf = path("tw-b-muscle tw-b-fill", "");
  const foot = path(`${ink} tw-b-solid`, "M-14-4C-8-28-12-54-10-72C-9-86 8-88 10-76C12-56 12-38 17-22C22-10 24 4 20 12C14 20 0 18-8 14");
  const dot = circle(`tw-b-dot ${nerve}`, 0, 0, 8);
  const places = [["brain", 116], ["motoneuron", 286], ["axon", 408], ["junction", 506], ["muscle_fibre", 500]]
    .map(([word, x], i) => label(x, i > 3 ? 270 : 130, words[word], i > 3 ? "tw-b-muscle" : nerve));
  root.setAttribute("viewBox", "60 100 560 180");
  root.append(path("tw-b-faint", "M66 240H614"), path(thin, "M116 138V162M296 138V202M408 138V206M506 138L491 211"),
    circle(ink, 116, 195, 42),
    path(ink, "M156 183C190 176 200 152 244 150C290 148 310 166 350 166C400 166 430 182 462 182C500 182 522 200 562 208M154 214C164 226 176 236 204 237H360C400 238 420 228 448 228"),
    calf, path(`${nerve} tw-b-fill`, "M94 192C86 172 104 160 118 166C136 160 150 178 140 192C134 206 100 206 94 192Z"),
    ...ways, circle(`${nerve} tw-b-fill`, 296, 218, 12), circle(`${nerve} tw-b-dot`, 296, 218, 4),
    path(nerve, "M480 212L490 219L480 226"), foot, dot, ...places);
  const points = ways.flatMap((way) => Array.from({ length: 100 }, (_, i) => way.getPointAtLength((i / 99) * way.getTotalLength())));
  const begins = [0, 0.85 * down, down + 0.15 * out, down + 0.9 * out, down + out, ends];

  return (time) => {
    const { x, y } = points[Math.min(Math.floor(time < down ? (100 * time) / down : 100 + (100 * (time - down)) / out), 199)];
    const pull = at("pull", time);
    const here = countUntil(begins, time) - 1;
    dot.setAttribute("transform", `translate(${x} ${y})`);
    dot.style.opacity = +(time < down + out);
    calf.style.fillOpacity = pull;
    calf.setAttribute("d", `M448 228C470 ${220 - 4 * pull} 510 ${216 - 4 * pull} 558 228C524 ${236 + 6 * pull} 480 ${242 + 10 * pull} 448 228Z`);
    foot.setAttribute("transform", `translate(566 222) rotate(${6 + at("turn_deg", time)})`);
    places.forEach((place, i) => { place.style.fontWeight = i === here ? 700 : 400; });
  };
};
