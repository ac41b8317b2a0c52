// A patch of membrane. Its gates are as open as `m`, `h` and `n`; a dot passes whenever `sodium` or
// `potassium` has grown by 1; the meter shows `potential_mv`.

DRAWINGS.membrane = (root, { at, words, numbers, series: { begin_s: begin, end_s: end, salts = [] } }) => {
  const NA = 335;
  const K = 500;
  const [nerve, ink, pale] = ["tw-b-nerve", "tw-b-ink", "tw-b-attention"];
  const heightOf = (mv) => 40 + (50 - mv) * 1.5;
  const write = (x, y, word, look) => label(x, y, words[word], look);
  const move = (mark, x, y) => mark.setAttribute("transform", `translate(${x} ${y})`);
  const both = (draw) => draw(-1) + draw(1);
  const diamond = () => path(`tw-b-dot ${ink}`, "M0-6L6 0L0 6L-6 0Z");
  const disc = (look) => circle(`tw-b-dot ${look}`, 0, 0, 5);
  const rows = (...heights) => heights.map((y) => `M211 ${y}H284M386 ${y}H449M551 ${y}H614`).join("");

  // Seven dots on their way through a channel, close together inside it.
  const flow = (name, wall, x, way, make) => {
    const dots = Array.from({ length: 7 }, make);
    root.append(wall, ...dots);
    return (time) => {
      const passed = at(name, time);
      const seen = Math.min(Math.abs(at(name, time + 1e-4) - passed) * 6, 1);
      wall.style.fillOpacity = seen;
      dots.forEach((dot, i) => {
        const s = (((passed + i) % 7) + 7) % 7 / 3.5 - 1;
        move(dot, x + s * s * ((i % 3) - 1) * 26, 149 + s * way);
        dot.style.opacity = seen * Math.min(1, 4 - 4 * Math.abs(s));
      });
    };
  };
  // Round for sodium, angular for potassium.
  const sodium = flow("sodium", path(`${nerve} tw-b-fill`,
    both((to) => `M${NA + 18 * to} 109a13 13 0 0 ${+(to > 0)} ${26 * to} 0v76a13 13 0 0 ${+(to > 0)} ${-26 * to} 0Z`)), NA, 113, () => disc(nerve));
  const potassium = flow("potassium", path(`${ink} tw-b-fill`,
    both((to) => `M${K + 18 * to} 96l${24 * to} 14v74l${-24 * to} 14Z`)), K, -113, diamond);

  const rest = heightOf(numbers.rest_mv);
  const column = part("rect", { class: `tw-b ${nerve} tw-b-fill`, x: 110, width: 20 });
  const value = label(120, 26, "", nerve);
  const lids = path(nerve, "");
  const bolts = path("tw-b-solid", "");
  const chain = path(`${nerve} tw-b-thin`, "");
  const ball = part("g", {}, circle(`${nerve} tw-b-fill`, 0, 0, 15), write(0, 6, "h", nerve));
  const pulse = part("g", {}, path(pale, "M236 88V218M226 204L236 218L246 204"), write(236, 242, "pulse", pale));
  root.append(path("tw-b-heads", rows(118, 176)), path("tw-b-tails", rows(134, 160)),
    column, path("tw-b-faint", `M110 40H130V265H110ZM102 40h8M102 115h8M102 190h8M102 265h8M130 ${rest}h10`),
    label(82, 46, "50"), label(82, 121, "0"), label(82, 196, "−50"), write(164, rest + 6, "rest"), value,
    lids, bolts, chain, ball, pulse, write(NA - 31, 126, "m", nerve), write(K - 30, 154, "n", ink),
    write(NA, 284, "sodium", nerve), write(K, 284, "potassium", ink), write(582, 236, "inside"),
    write(salts.length ? 412 : 582, salts.length ? 20 : 66, "outside"));

  // Potassium floats outside; calcium and magnesium sit on the membrane, clear of its channels.
  const marks = [diamond, () => disc(pale), () => circle(`${pale} tw-b-thin`, 0, 0, 4.5)];
  salts.forEach((count, salt) => {
    for (let i = 0; i < count; i += 1) {
      const mark = marks[salt]();
      const x = 206 + ((i * 0.618 + 0.3 + salt * 0.2) % 1) * 205;
      move(mark, x + 102 * ((x > 284) + (x > 347)), [40 + 18 * (i % 3), 102, 90][salt]);
      root.append(mark);
    }
  });

  return (time) => {
    const mv = at("potential_mv", time);
    const h = at("h", time);
    const turn = (at("m", time) * Math.PI) / 2;
    const gap = 18 * at("n", time);
    column.setAttribute("y", heightOf(mv));
    column.setAttribute("height", 265 - heightOf(mv));
    value.textContent = `${Math.round(mv)} ${words.mv}`.replace("-", "−");
    lids.setAttribute("d", both((to) => `M${NA + 18 * to} 100l${-18 * to * Math.cos(turn)} ${-18 * Math.sin(turn)}`));
    move(ball, NA + 54 * h, 203 + 34 * h);
    chain.setAttribute("d", `M${NA + 31} 198L${NA + 54 * h} ${203 + 34 * h}`);
    bolts.setAttribute("d", both((to) => `M${K + 18 * to} 168L${K + gap * to} 181L${K + 18 * to} 194`));
    sodium(time);
    potassium(time);
    pulse.style.opacity = +(countUntil(begin, time) > countUntil(end, time));
  };
};
