// Plays a scene. Nothing moves until the reader asks, and while it plays nothing is sent to Python.

const SLOWLY = 10;
const STILL_MS = 1500; // between two events, for readers who want less motion
const REDUCED = matchMedia("(prefers-reduced-motion: reduce)");

function timeOfDay(hours) {
  const minutes = Math.round(hours * 60) % 1440;
  return [minutes / 60, minutes % 60].map((n) => String(Math.floor(n)).padStart(2, "0")).join(":");
}

const grouped = (n) => n.toLocaleString(document.documentElement.lang || "en");

function render({ model, el, signal }) {
  const id = uniqueId();
  const clock = clockOf(model.get("clock"));
  let scene, drawAt;
  let slowly = false;
  let spoken = false; // whether the words for this moment should be read out

  const svg = part("svg", { viewBox: "60 0 560 290", role: "img", "aria-describedby": `${id}-said` });
  const pace = make("p", { class: "tw-b-note" });
  const notes = make("p", { class: "tw-b-note" });
  const said = make("p", { class: "tw-b-said", id: `${id}-said` });
  const now = make("p", { class: "tw-b-now" });
  const sign = make("span", { class: "tw-b-sign", "aria-hidden": "true" });
  const word = make("span", { class: "tw-b-word" });
  const play = make("button", { type: "button", class: "tw-preset tw-b-play", onclick: toggle }, sign, word);
  const slow = make("button", {
    type: "button", class: "tw-quiet", "aria-pressed": "false", "aria-label": gettext("÷ 10: ten times slower"),
    onclick: () => {
      slowly = !slowly;
      slow.setAttribute("aria-pressed", String(slowly));
      showPace();
      if (clock.runs(source)) start(clock.time);
    },
  }, "÷ 10");
  const back = make("button", {
    type: "button", class: "tw-quiet", "aria-label": gettext("Back to the previous event"), onclick: () => step(-1),
  }, "‹");
  const forward = make("button", {
    type: "button", class: "tw-quiet", "aria-label": gettext("On to the next event"), onclick: () => step(1),
  }, "›");
  const slider = make("input", {
    type: "range", min: 0, step: "any", "aria-label": gettext("Moment shown"),
    oninput: () => go(slider.valueAsNumber, true),
    onkeydown: (event) => {
      const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
      if (!direction) return;
      event.preventDefault(); // a slider without steps would move by a whole second
      go(moment() + (direction * scene.duration_s) / 100, true);
    },
  });
  const time = make("span", { class: "tw-note tw-b-time" });
  const list = make("ol");
  const words = make("details", { class: "tw-words" },
    make("summary", {}, gettext("What happens, in words")), list);
  const about = make("div", { class: "tw-panel tw-b-about" }, said, words);
  el.classList.add("tw-body");
  el.append(makePanel(
    make("figure", { class: "tw-b-stage" }, svg, make("figcaption", {}, pace, notes)),
    make("div", { class: "tw-b-bar", role: "group", "aria-label": gettext("The drawing's time") },
      play, slow, back, forward, make("span", { class: "tw-track" }, slider), time),
    now, about));

  const moment = () => clock.time ?? scene.still_s;
  const inUnits = (seconds) =>
    scene.counts ? `${scene.counts} ${Math.max(1, Math.round(seconds))}`
    : scene.begins_h !== undefined ? timeOfDay(scene.begins_h + seconds / 3600)
    : scene.duration_s < 1 ? `${(1000 * seconds).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;

  function go(seconds, aloud) {
    spoken = aloud;
    clock.set(Math.min(Math.max(seconds, 0), scene.duration_s));
  }

  // The events and both ends.
  const stops = () => [...new Set([0, ...scene.moments.map((m) => m.time_s), scene.duration_s])];

  function step(direction) {
    const at = moment();
    const next = direction > 0 ? stops().find((t) => t > at + 1e-9) : stops().findLast((t) => t < at - 1e-9);
    go(next ?? at, true);
  }

  let source = null;

  function start(from) {
    spoken = false;
    const began = performance.now();
    const rate = 1 / (scene.slower * (slowly ? SLOWLY : 1));
    const later = stops().filter((t) => t > from);
    source = () => {
      const passed = performance.now() - began;
      const next = REDUCED.matches
        ? later[Math.floor(passed / STILL_MS) - 1] ?? (passed < STILL_MS ? from : Infinity)
        : from + (passed / 1000) * rate;
      if (next <= scene.duration_s) return next;
      clock.set(scene.duration_s);
      return null;
    };
    clock.run(source);
  }

  function toggle() {
    if (clock.runs()) return clock.stop();
    const at = clock.time ?? 0; // the picture shown at first is no place to start from
    start(at >= scene.duration_s - 1e-9 ? 0 : at);
  }

  function showPace() {
    const times = scene.slower * (slowly ? SLOWLY : 1);
    const rounded = times >= 10 ? Math.round(times) : +times.toPrecision(2);
    say(pace, scene.counts ? ""
      : times === 1 ? gettext("As fast as in real life")
      : times > 1 ? gettext("{n} times slower than in real life", { n: grouped(rounded) })
      : gettext("{n} times faster than in real life", { n: grouped(Math.round(1 / times)) }));
  }

  function show() {
    const at = moment();
    const running = clock.runs();
    drawAt(at);
    say(word, running ? gettext("Pause") : gettext("Play"));
    say(sign, running ? "❚❚" : "▶");
    play.setAttribute("aria-pressed", String(running));
    if (document.activeElement !== slider || running) slider.value = at;
    slider.style.setProperty("--at", at / scene.duration_s);
    const passed = countUntil(scene.times, at);
    const here = clock.time === null && scene.asks ? scene.asks
      : passed ? scene.moments[passed - 1].words : "";
    slider.setAttribute("aria-valuetext", `${inUnits(at)} ${here}`);
    say(time, inUnits(at));
    now.setAttribute("aria-live", running || !spoken ? "off" : "polite");
    say(now, here);
  }

  const ask = {
    /** The reader has taken hold of the drawing. */
    begin: () => clock.stop(),
    /** They have let go: `number` says what they did, and the scene plays on from `from`. */
    done(number, from) {
      model.send({ done: number });
      start(from);
    },
  };

  function fill() {
    scene = opened(model.get("_scene"));
    scene.times = scene.moments.map((m) => m.time_s);
    svg.setAttribute("aria-label", scene.title);
    svg.setAttribute("class", `tw-b-drawing tw-b-${scene.drawing}`);
    svg.replaceChildren();
    drawAt = DRAWINGS[scene.drawing](svg, scene, scene.asks ? ask : null);
    slider.max = scene.duration_s;
    showPace();
    say(notes, scene.notes.join(" "));
    say(said, scene.description);
    list.replaceChildren(...scene.moments.map((m) => make("li", {}, `${inUnits(m.time_s)}: ${m.words}`)));
    words.hidden = !scene.moments.length;
    if (clock.time > scene.duration_s) clock.set(scene.duration_s);
    show();
  }

  const sizes = new ResizeObserver(() => placeNotes(el, about, signal));
  sizes.observe(el);
  clock.watch(show, signal);
  model.on("change:_scene", fill);
  signal.addEventListener("abort", () => {
    sizes.disconnect();
    model.off("change:_scene", fill);
  });
  fill();
  startAtTheTop(el);
}

export default { render };
