// An axon in its myelin along the bottom, and above it the voltage at each place: the frames of `mv`.

DRAWINGS.axon = (root, scene) => {
  const { numbers: { places, frame_hz, lowest_mv, per_mv, top_mv, bottom_mv }, words } = scene;
  const { series: { mv, place_mm, node_mm, bare, salts } } = scene;
  const frames = mv.length / places;
  const end = node_mm[node_mm.length - 1];
  const across = (mm) => 118 + (484 * mm) / end;
  const high = (value) => 24 + (144 * (top_mv - value)) / (top_mv - bottom_mv);
  const middle = 216;

  const sheaths = Array.from(bare, (lost, k) => {
    const gap = Math.min(1.5, 120 / node_mm.length);
    const [from, to] = [across(node_mm[k]) + gap, across(node_mm[k + 1]) - gap];
    const look = lost ? "tw-b-faint" : "tw-b-ink tw-b-thin";
    return path(look, `M${from} ${middle - 13}H${to}V${middle + 13}H${from}Z`);
  });
  const wall = path("tw-b-nerve tw-b-thin", `M118 ${middle - 6}H602M118 ${middle + 6}H602`);
  const active = path("tw-b-nerve tw-b-solid", "");
  const curve = path("tw-b-nerve", "");
  root.append(...sheaths, wall, active);
  for (const value of [0, -80]) {
    root.append(path("tw-b-faint", `M112 ${high(value)}H602`), label(86, high(value) + 6, String(value).replace("-", "−")));
  }
  root.append(curve, label(86, 24, words.mv), label(130, 258, words.cord), label(580, 258, words.muscle), label(356, 282, words.place));
  for (let mm = 0; mm <= end; mm += 10) {
    root.append(path("tw-b-ink tw-b-thin", `M${across(mm)} 236v6`));
    if (mm > 0 && mm + 5 < end) root.append(label(across(mm), 258, mm));
  }
  // A name over the stretch that differs.
  const named = (flags, edges, word) => {
    const first = flags.indexOf(1);
    if (first < 0) return;
    const last = flags.lastIndexOf(1);
    const [from, to] = edges(first, last);
    root.append(path("tw-b-attention", `M${from} ${middle - 22}H${to}`), label((from + to) / 2, middle - 28, word, "tw-b-attention"));
  };
  named(bare, (first, last) => [across(node_mm[first]), across(node_mm[last + 1])], words.bare);
  named(salts, (first, last) => [across(node_mm[first]), across(node_mm[last])], words.salts);

  return (time) => {
    const place = Math.min(Math.max(time * frame_hz, 0), frames - 1);
    const before = Math.floor(place);
    const next = Math.min(before + 1, frames - 1);
    const at = (i) => {
      const [one, two] = [mv[before * places + i], mv[next * places + i]];
      return (one + (place - before) * (two - one)) / per_mv + lowest_mv;
    };
    let line = "";
    let fired = "";
    for (let i = 0; i < places; i += 1) {
      const value = at(i);
      const x = across(place_mm[i]);
      line += `${i ? "L" : "M"}${x.toFixed(1)} ${high(value).toFixed(1)}`;
      // Nodes and middles take turns; a node whose voltage is reversed has let sodium in.
      if (i % 2 === 0 && value > 0) fired += `M${x - 2} ${middle - 6}h4v12h-4Z`;
    }
    curve.setAttribute("d", line);
    active.setAttribute("d", fired);
  };
};
