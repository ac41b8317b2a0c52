// An axon in its myelin, and above it the voltage at each place: the frames of `mv`.

DRAWINGS.axon = (root, { numbers: { places, frame_hz, lowest_mv, per_mv, top_mv, bottom_mv }, series, words }) => {
  const { mv, place_mm, node_mm, bare, salts } = series;
  const end = node_mm.at(-1);
  const across = (mm) => 118 + (484 * mm) / end;
  const high = (value) => 24 + (144 * (top_mv - value)) / (top_mv - bottom_mv);
  const gap = Math.min(1.5, 120 / node_mm.length);
  const active = path("tw-b-nerve tw-b-solid", "");
  const curve = path("tw-b-nerve", "");
  bare.forEach((lost, k) => root.append(path(lost ? "tw-b-faint" : "tw-b-ink tw-b-thin",
    `M${across(node_mm[k]) + gap} 203H${across(node_mm[k + 1]) - gap}v26H${across(node_mm[k]) + gap}Z`)));
  root.append(path("tw-b-nerve tw-b-thin", "M118 210H602M118 222H602"), active,
    path("tw-b-faint", `M112 ${high(0)}H602M112 ${high(-80)}H602`),
    label(86, high(0) + 6, "0"), label(86, high(-80) + 6, "−80"), curve, label(86, 24, words.mv),
    label(130, 258, words.cord), label(580, 258, words.muscle), label(356, 282, words.place));
  for (let mm = 10; mm + 5 < end; mm += 10) {
    root.append(path("tw-b-ink tw-b-thin", `M${across(mm)} 236v6`), label(across(mm), 258, mm));
  }
  for (const [flags, word, more] of [[bare, words.bare, 1], [salts, words.salts, 0]]) {
    if (!flags.includes(1)) continue;
    const [from, to] = [flags.indexOf(1), flags.lastIndexOf(1) + more].map((k) => across(node_mm[k]));
    root.append(path("tw-b-attention", `M${from} 194H${to}`), label((from + to) / 2, 188, word, "tw-b-attention"));
  }

  return (time) => {
    const last = mv.length / places - 1;
    const at = Math.min(Math.max(time * frame_hz, 0), last);
    const before = Math.floor(at);
    const next = Math.min(before + 1, last);
    let line = "M";
    let fired = "";
    place_mm.forEach((mm, i) => {
      const [one, two] = [mv[before * places + i], mv[next * places + i]];
      const value = (one + (at - before) * (two - one)) / per_mv + lowest_mv;
      line += `${across(mm).toFixed(1)} ${high(value).toFixed(1)} `;
      // Nodes and the middles between them alternate; a node with a reversed voltage has let sodium in.
      if (i % 2 === 0 && value > 0) fired += `M${across(mm) - 2} 210h4v12h-4Z`;
    });
    curve.setAttribute("d", line);
    active.setAttribute("d", fired);
  };
};
