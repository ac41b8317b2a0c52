// Impulse k peaks at time k. Its packets cross before that; the gauge shows the voltage of those that have arrived.

DRAWINGS.junction = (root, scene) => {
  const { numbers: { threshold_mv, top_mv: top, per_dot: each, quantum_mv, driving_mv, step_mv }, series: { quanta }, words } = scene;
  const high = (mv) => 262 - (224 * mv) / top;
  const between = (value, low, end) => Math.min(Math.max((value - low) / (end - low), 0), 1);
  const dot = (r) => circle("tw-b-dot tw-b-nerve", 250, 0, r);
  const pulse = dot(8);
  const packets = Array.from({ length: Math.ceil(Math.max(...quanta) / each) }, () => dot(4));
  const sparks = [dot(8), dot(8)];
  const fibre = path("tw-b-muscle", `M70 176H131${"q7 22 14 0".repeat(17)}H430V256H70Z`);
  const level = path("tw-b-nerve tw-b-fill", "");
  const answer = label(368, 240, "");
  root.append(
    path("tw-b-nerve", "M238 0V28C238 54 100 38 92 90C86 124 112 136 140 136H360C388 136 414 124 408 90C400 38 262 54 262 28V0"),
    fibre, pulse, ...packets, ...sparks, answer,
    label(250, 84, words.nerve, "tw-b-nerve"), label(138, 240, words.muscle, "tw-b-muscle"),
    level, path("tw-b-ink", "M540 38V262H572V38"), path("tw-b-attention", `M530 ${high(threshold_mv)}H582`),
    label(556, 24, words.unit), label(482, high(threshold_mv) + 6, words.threshold, "tw-b-attention"));
  for (let mv = 0; mv <= top; mv += step_mv) root.append(label(600, high(mv) + 6, mv));

  return (time) => {
    const k = Math.min(Math.max(Math.round(time), 1), quanta.length);
    const course = time - k + 0.5; // from 0 to 1
    const here = 1 - between(course, 0.7, 0.93);
    let arrived = 0;
    packets.forEach((packet, i) => {
      const start = 0.2 + ((i * 7) % 11) / 73;
      const way = between(course, start, start + 0.15);
      const left = quanta[k - 1] - i * each; // packets from this dot on
      if (left > 0 && way === 1) arrived += Math.min(each, left);
      const row = Math.floor(i / 22);
      packet.setAttribute("transform", `translate(${((i * 9) % 22) * 11 - 115} ${127 - 11 * row + way * (42 + 2 * row)})`);
      packet.style.opacity = left > 0 ? here : 0;
    });
    const mv = 1 / (1 / (arrived * quantum_mv) + 1 / driving_mv);
    const over = course >= 0.5;
    const fires = over && mv >= threshold_mv;
    pulse.setAttribute("cy", 300 * course);
    pulse.style.opacity = +(course > 0 && course < 0.2);
    level.setAttribute("d", `M540 262V${262 - (262 - high(mv)) * here}H572V262Z`);
    fibre.classList.toggle("tw-b-fill", fires && here > 0);
    sparks.forEach((spark, i) => {
      spark.setAttribute("transform", `translate(${(i * 2 - 1) * 172 * between(course, 0.5, 0.8)} 208)`);
      spark.style.opacity = +(fires && course < 0.8);
    });
    say(answer, over ? words[fires ? "fires" : "fails"] : "");
  };
};
