// A leg on the floor, toes up and to the left. Each motor unit has a patch of the calf, as large as
// the force of its twitches; the calf bulges by `pull`, and the foot turns by `foot_deg`.

const MUSCLE = { x: 246, y: 25, wide: 146, high: 64 };
const WIDEST = [10, 17]; // radius of a full patch, if patches are many and if they are few
const FADED = 9; // contraction times after which a twitch is over
const fused = (u) => (1 - Math.exp(-2 * u ** 3)) / u;

function calfLeg(scene, tag = "") {
  const { x, y, contraction_s: rises, twitch_n: forces, [`fired${tag}`]: fired, [`counts${tag}`]: counts } = scene.series;
  const { [`tick_s${tag}`]: tick, [`full_n${tag}`]: full, [`few${tag}`]: few } = scene.numbers;
  const muscle = path("tw-b-muscle tw-b-fill", "");
  const tendon = path("tw-b-muscle", "");
  const foot = path("tw-b-ink tw-b-solid",
    "M30 -14C44 0 44 22 28 26C8 30 -8 19 -30 21C-58 24 -84 29 -114 28C-136 26 -138 4 -118 -3C-86 -12 -56 -24 -34 -34C-18 -40 18 -36 30 -14Z");
  const patches = [];
  let rest = "";
  let first = 0;
  counts.forEach((count, i) => {
    const [cx, cy] = [MUSCLE.x + MUSCLE.wide * x[i], MUSCLE.y + MUSCLE.high * y[i]];
    rest += `M${cx} ${cy}h0`;
    if (!count) return;
    const at = Array.from(fired.subarray(first, (first += count)), (ticks) => ticks * tick);
    // Twitches fuse as in the model of the pool.
    const size = at.map((t, k) => (forces[i] * fused(Math.max(rises[i] / (t - at[k - 1]) || 0, 0.4))) / fused(0.4) / full);
    patches.push({ at, size, rise: rises[i], disc: circle("tw-b-patch tw-b-muscle", cx, cy, 0) });
  });
  const leg = part("g", { transform: "translate(140 226) rotate(-13)" },
    path("tw-b-ink", "M-6 -34C60 -52 150 -64 260 -78C350 -90 420 -94 500 -92M418 70C440 66 470 66 500 72"),
    tendon, muscle, path("tw-b-muscle tw-b-rest", rest), ...patches.map(({ disc }) => disc), foot);
  return [leg, (time) => {
    const low = 92 + 60 * scene.at(`pull${tag}`, time);
    muscle.setAttribute("d",
      `M62 38C90 14 136 -42 236 -46C340 -50 410 -6 418 70C390 ${low - 8} 330 ${low} 260 ${low}C180 ${low} 110 58 62 38Z`);
    const degrees = 88 + scene.at(`foot_deg${tag}`, time);
    const tilt = (degrees * Math.PI) / 180;
    tendon.setAttribute("d", `M62 38Q36 36 ${36 * Math.cos(tilt)} ${36 * Math.sin(tilt)}`);
    foot.setAttribute("transform", `rotate(${degrees})`);
    for (const { at, size, rise, disc } of patches) {
      let height = 0;
      for (let k = countUntil(at, time) - 1; k >= 0 && time - at[k] < FADED * rise; k -= 1) {
        height += size[k] * twitch(time - at[k], rise);
      }
      disc.setAttribute("r", WIDEST[few] * Math.sqrt(height));
      disc.style.opacity = Math.min(height * 200, 1);
    }
  }];
}

DRAWINGS.calf = (root, scene) => {
  const [leg, update] = calfLeg(scene);
  const pulled = label(212, 92, scene.words.stretch, "tw-b-attention");
  root.append(path("tw-b-ink tw-b-thin", "M70 272H610"), leg, pulled);
  return (time) => {
    update(time);
    pulled.style.opacity = +(time >= scene.numbers.stretch_s);
  };
};

DRAWINGS.calves = (root, scene) => {
  const updates = Object.entries(scene.words).map(([tag, name]) => {
    const [leg, update] = calfLeg(scene, tag);
    const [x, y] = [38 + 292 * (tag % 2), 146 * (tag >> 1)];
    root.append(part("g", { transform: `translate(${x} ${y}) scale(.43)` }, leg, path("tw-b-ink tw-b-thin", "M70 272H634")),
      label(x + 150, y + 139, name));
    return update;
  });
  return (time) => updates.forEach((update) => update(time));
};
