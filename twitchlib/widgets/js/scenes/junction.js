// A nerve ending above the folds of a muscle fibre. Impulse k has its peak at time k: before, its packets cross;
// the gauge shows what those that have arrived make; after, the fibre fires or not.

DRAWINGS.junction = (root, scene) => {
  const { quanta } = scene.series;
  const { threshold_mv: threshold, top_mv: top, per_dot: each, quantum_mv: size, driving_mv: drive, step_mv: step } = scene.numbers;
  const high = (mv) => 262 - (224 * mv) / top;
  const between = (value, low, end) => Math.min(Math.max((value - low) / (end - low), 0), 1);
  const pulse = circle("tw-b-dot tw-b-nerve", 270, 0, 8);
  const dots = Array.from({ length: Math.ceil(Math.max(...quanta) / each) }, () => circle("tw-b-dot tw-b-nerve", 0, 0, 4));
  const fibre = path("tw-b-muscle", "M70 176H150" + "q5 22 10 0t10 0".repeat(12) + "H470V254H70Z");
  const sparks = [-1, 1].map((side) => ({ side, spark: circle("tw-b-dot tw-b-nerve", 0, 214, 8) }));
  const level = path("tw-b-nerve tw-b-fill", "");
  const answers = ["fires", "fails"].map((word) => label(270, 238, scene.words[word], word === "fires" ? "tw-b-muscle" : ""));
  root.append(
    path("tw-b-nerve", "M258 0V30C258 56 120 40 112 96C106 132 132 144 160 144H380C408 144 434 132 428 96C420 40 282 56 282 30V0"),
    fibre, pulse, ...dots, ...sparks.map(({ spark }) => spark), ...answers,
    level, path("tw-b-ink", "M520 38V262H556V38"),
    path("tw-b-attention", `M508 ${high(threshold)}H568`),
    label(538, 24, scene.words.unit), label(538, 284, scene.words.threshold, "tw-b-attention"));
  for (let mv = 0; mv <= top; mv += step) root.append(label(584, high(mv) + 6, mv));

  return (time) => {
    const k = Math.min(Math.max(Math.round(time), 1), quanta.length);
    const course = time - k + 0.5; // from 0 to 1
    const count = quanta[k - 1];
    const gone = 1 - between(course, 0.7, 0.93);
    pulse.setAttribute("cy", 60 * between(course, 0, 0.2));
    pulse.style.opacity = course > 0 && course < 0.2 ? 1 : 0;
    let arrived = 0;
    const shown = count / each;
    dots.forEach((dot, i) => {
      const late = ((i * 7) % 11) / 11;
      const way = between(course, 0.2 + 0.15 * late, 0.35 + 0.15 * late);
      if (i < shown && way === 1) arrived += Math.min(each, count - i * each);
      dot.setAttribute("transform",
        `translate(${155 + (i % 22) * 11} ${134 - 11 * Math.floor(i / 22) + way * (44 + 11 * Math.floor(i / 22))})`);
      dot.style.opacity = i < shown ? gone : 0;
    });
    const linear = arrived * size;
    const mv = linear / (1 + linear / drive);
    const fires = course >= 0.5 && mv >= threshold;
    level.setAttribute("d", `M520 262V${262 - (262 - high(mv)) * gone}H556V262Z`);
    fibre.classList.toggle("tw-b-fill", fires && gone > 0);
    sparks.forEach(({ side, spark }) => {
      spark.setAttribute("cx", 270 + side * 200 * between(course, 0.5, 0.8));
      spark.style.opacity = fires && course < 0.8 ? 1 : 0;
    });
    answers[0].style.opacity = fires ? 1 : 0;
    answers[1].style.opacity = course >= 0.5 && !fires ? 1 : 0;
  };
};
