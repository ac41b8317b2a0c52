// A person on their back, head to the right; under the blanket a leg swings by `kick_deg`.

DRAWINGS.sleeper = (root, scene) => {
  const HIP = [398, 204];
  const THIGH = 118;
  root.setAttribute("viewBox", "60 40 560 250");
  const blanket = path("tw-b-ink tw-b-solid", "");
  const thigh = part("g", {},
    path("tw-b-muscle tw-b-fill", "M-116 -12C-90 -32 -36 -36 12 -22C-20 -2 -84 -2 -116 -12Z"),
    path("tw-b-ink tw-b-thin", "M6 24C-30 26 -72 20 -104 15"));
  const shank = path("tw-b-ink tw-b-thin",
    "M4 -13C-40 -13 -84 -11 -112 -9C-116 -20 -118 -32 -119 -40C-120 -50 -136 -49 -136 -39C-136 -24 -137 -8 -137 4C-136 16 -120 14 -110 10C-86 14 -50 32 -8 17");
  root.append(
    path("tw-b-ink", "M92 231H600Q612 231 612 243V250Q612 262 600 262H92Q80 262 80 250V243Q80 231 92 231ZM108 262V282M584 262V282"),
    path("tw-b-ink", "M516 231C500 216 506 201 530 201H582C610 200 612 226 598 231"),
    path("tw-b-ink", "M478 174C494 185 512 186 524 184"),
    circle("tw-b-ink tw-b-solid", 549, 174, 28),
    blanket, thigh, shank);
  return (time) => {
    const kick = scene.at("kick_deg", time);
    const up = ((22 + kick / 3) * Math.PI) / 180;
    const down = ((25 - kick) * Math.PI) / 180;
    const [kx, ky] = [HIP[0] - THIGH * Math.cos(up), HIP[1] - THIGH * Math.sin(up)];
    const [tx, ty] = [kx - 128 * Math.cos(down) - 44 * Math.sin(down), ky + 128 * Math.sin(down) - 44 * Math.cos(down)];
    thigh.setAttribute("transform", `translate(${HIP}) rotate(${22 + kick / 3})`);
    shank.setAttribute("transform", `translate(${kx} ${ky}) rotate(${kick - 25})`);
    blanket.setAttribute("d",
      `M492 231C500 190 484 156 452 156C420 156 ${kx + 62} ${ky - 12} ${kx} ${ky - 22}C${kx - 40} ${ky - 34} ${tx + 40} ${ty + 6} ${tx - 4} ${ty - 14}C${tx - 26} ${ty - 22} ${tx - 30} 210 ${tx - 40} 231Z`);
  };
};
