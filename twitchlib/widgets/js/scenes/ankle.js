// A seated person from the side, toes to the left. The foot turns about the ankle by `angle_deg`; along
// the nerve runs `volley`, which left the calf `delay_s` before its units fire.

DRAWINGS.ankle = (root, scene, ask) => {
  const ANKLE = [232, 252];
  const DOTS = 44;
  const LEAST_DEG = -12;
  const MOST_DEG = 45;
  const WINDOW_MS = 120;
  const { delay_s: delay } = scene.numbers;

  const calf = path("tw-b-muscle tw-b-fill", "");
  const tendon = path("tw-b-muscle", "");
  const foot = part("g", { class: "tw-b-grip" },
    path("tw-b-ink tw-b-solid",
      "M24 -12C34 -2 34 14 25 20H-112C-128 20 -130 7 -114 2C-76 -8 -46 -16 -24 -22C-18 -32 14 -32 24 -12Z"),
    part("path", { class: "tw-b-hit", d: "M44 -40V36H-150V-20Z" }));
  const turn = (degrees) => foot.setAttribute("transform", `translate(${ANKLE}) rotate(${degrees})`);

  // Up along the back of the leg to the cord, and back beside it.
  const nerve = path("tw-b-nerve tw-b-thin",
    "M286 150C288 122 296 104 318 100C390 92 446 92 492 88C520 84 536 78 548 68");
  const back = path("tw-b-nerve tw-b-thin",
    "M558 82C546 98 526 106 496 109C450 113 392 110 334 114C312 117 302 132 298 158");
  const dots = Array.from({ length: DOTS }, () => circle("tw-b-dot tw-b-nerve", 0, 0, 5));
  root.append(
    // The back, the thigh, the shin.
    path("tw-b-ink", "M574 8C602 40 606 84 590 128C580 138 560 140 540 139"),
    path("tw-b-ink", "M540 139C470 138 392 138 322 136M528 44C450 36 330 34 268 44C236 50 222 76 222 108C222 150 216 190 212 228"),
    calf, tendon, nerve, back,
    circle("tw-b-nerve tw-b-fill", 560, 72, 16),
    circle("tw-b-nerve tw-b-dot", 560, 72, 4),
    ...dots, foot, circle("tw-b-ink tw-b-solid", ...ANKLE, 5),
    label(470, 26, scene.words.cord), label(340, 206, scene.words.calf, "tw-b-muscle"),
    label(420, 82, `${scene.words.up} →`, "tw-b-nerve"), label(440, 132, `← ${scene.words.back}`, "tw-b-nerve"));

  const ways = [nerve, back].map((way) => ({ way, length: way.getTotalLength() }));
  const places = dots.map((_, i) => {
    const s = (i + 0.5) / DOTS;
    const { way, length } = ways[s < 0.5 ? 0 : 1];
    return { s, point: way.getPointAtLength(((s * 2) % 1) * length) };
  });
  places.forEach(({ point }, i) => dots[i].setAttribute("transform", `translate(${point.x} ${point.y})`));

  // ------------------------------------------------ dragging the foot

  let held = null; // { from: the pointer's angle, by: the foot's, trail: [[ms, degrees]] }

  const pointed = (event) => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY)
      .matrixTransform(root.getScreenCTM().inverse());
    return (Math.atan2(ANKLE[1] - y, ANKLE[0] - x) * 180) / Math.PI;
  };
  const draw = (time, degrees) => {
    turn(degrees);
    const pull = Math.min(scene.at("pull", time) * 2.2, 1);
    const tilt = (degrees * Math.PI) / 180;
    const heel = [ANKLE[0] + 28 * Math.cos(tilt) - 4 * Math.sin(tilt), ANKLE[1] + 28 * Math.sin(tilt) + 4 * Math.cos(tilt)];
    const x = 292 + 34 * pull;
    calf.setAttribute("d", `M262 112C${x - 8} 108 ${x + 6} 146 ${x - 10} 176C282 198 268 206 262 210C248 190 244 138 262 112Z`);
    tendon.setAttribute("d", `M262 210Q258 228 ${heel[0]} ${heel[1]}`);
    places.forEach(({ s }, i) => {
      const volley = scene.at("volley", time + delay * (1 - s));
      dots[i].style.opacity = time + delay * (1 - s) > scene.duration_s ? 0 : Math.min(volley * 4, 1);
    });
  };
  let shown = 0;
  foot.addEventListener("pointerdown", (event) => {
    if (!ask) return;
    event.preventDefault();
    foot.setPointerCapture(event.pointerId);
    const by = scene.at("angle_deg", shown);
    held = { from: pointed(event), by, trail: [[event.timeStamp, by]] };
    ask.begin();
  });
  foot.addEventListener("pointermove", (event) => {
    if (!held) return;
    const degrees = Math.min(Math.max(held.by + pointed(event) - held.from, LEAST_DEG), MOST_DEG);
    held.trail.push([event.timeStamp, degrees]);
    draw(0, degrees);
  });
  const release = () => {
    if (!held) return;
    // The fastest upward movement over at least WINDOW_MS.
    let fastest = 0;
    const { trail } = held;
    for (let i = 0, j = 0; j < trail.length; j += 1) {
      while (i < j && trail[j][0] - trail[i + 1]?.[0] >= WINDOW_MS) i += 1;
      const ms = Math.max(trail[j][0] - trail[i][0], WINDOW_MS);
      fastest = Math.max(fastest, ((trail[j][1] - trail[i][1]) / ms) * 1000);
    }
    held = null;
    ask.done((fastest * Math.PI) / 180, scene.numbers.stretch_s - 0.05);
  };
  foot.addEventListener("pointerup", release);
  foot.addEventListener("pointercancel", () => { held = null; draw(shown, scene.at("angle_deg", shown)); });

  return (time) => {
    shown = time;
    if (!held) draw(time, scene.at("angle_deg", time));
  };
};
