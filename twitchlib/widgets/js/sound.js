// Plays the EMG of a recording on request, one sound per page at a time. The Web Audio API takes the
// bytes as they are; an audio element would need an address, which a page's policy may refuse.

const SOUND = Symbol.for("twitchlib.sound");
const TICK_MS = 100;
const LEAST_S = 0.1; // nearer than this to its end, a sound starts over

/** Shared by the sounds of a page: one context, and a function that stops the one playing. */
function shared() {
  return (globalThis[SOUND] ??= { context: new AudioContext(), stop: () => {} });
}

const inSeconds = (seconds) => `${seconds.toFixed(1)} s`;

function render({ model, el, signal }) {
  const id = uniqueId();
  let loudness = model.get("_clip").loudness;
  let sound = null; // the decoded sound of the current recording
  let waiting = false; // for the kernel to make the sound
  let playing = null; // { source, gain, since }
  let ticking;
  const clock = model.get("clock") ? clockOf(model.get("clock")) : null;

  const button = make("button", {
    type: "button", class: "tw-preset", "aria-describedby": `${id}-warning`, onclick: toggle,
  });
  const volume = make("input", {
    type: "range", min: 0, max: 1, step: 0.05, value: loudness, "aria-label": gettext("Volume"),
    oninput: () => setVolume(volume.valueAsNumber),
  });
  const time = make("span", { class: "tw-note" });
  const words = make("p");
  const status = make("p", { class: "tw-status", role: "status" });
  el.append(makePanel(
    make("div", { class: "tw-sound" }, button,
      make("label", { class: "tw-volume" }, make("span", {}, gettext("Volume")),
        make("span", { class: "tw-track" }, volume)),
      time),
    make("p", { class: "tw-note", id: `${id}-warning` },
      gettext("Turn the sound of your device down first, then up slowly.")),
    status,
    make("details", { class: "tw-words" },
      make("summary", {}, gettext("The sound in words")), words)));

  function setVolume(next) {
    loudness = next;
    volume.style.setProperty("--at", loudness);
    volume.setAttribute("aria-valuetext", `${Math.round(100 * loudness)} %`);
    if (playing) playing.gain.gain.value = loudness;
  }

  function show() {
    const { seconds } = model.get("_clip");
    button.textContent = playing ? gettext("Stop") : gettext("Listen to the EMG");
    button.dataset.state = playing ? "playing" : waiting ? "waiting" : "ready";
    const passed = playing ? Math.min(shared().context.currentTime - playing.since, seconds) : 0;
    const times = { passed: inSeconds(passed), whole: inSeconds(seconds) };
    time.textContent = playing ? gettext("{passed} of {whole}", times) : times.whole;
  }

  function stop() {
    waiting = false;
    clearInterval(ticking);
    playing?.source.stop();
    if (playing && clock?.runs(playing.moment)) clock.stop();
    playing = null;
    show();
  }

  function play() {
    shared().stop();
    shared().stop = stop;
    const { context } = shared();
    const gain = new GainNode(context, { gain: loudness });
    const source = new AudioBufferSourceNode(context, { buffer: sound });
    source.connect(gain).connect(context.destination);
    source.addEventListener("ended", () => playing?.source === source && stop());
    // It starts at the moment shown, and the drawing and the figures follow it.
    const at = clock?.time < sound.duration - LEAST_S ? Math.max(clock.time, 0) : 0;
    source.start(0, at);
    const since = context.currentTime - at;
    const moment = () => Math.min(context.currentTime - since, sound.duration);
    playing = { source, gain, since, moment };
    clock?.run(moment);
    ticking = setInterval(show, TICK_MS);
    show();
  }

  function toggle() {
    status.textContent = "";
    if (playing || waiting) return stop();
    shared().context.resume(); // a page may play sound only after a user gesture
    if (sound) return play();
    waiting = true;
    show();
    model.send({ wanted: model.get("_clip").version });
  }

  async function receive(content, buffers) {
    const { version } = model.get("_clip");
    if (!waiting || content?.sound !== version) return;
    const { buffer, byteOffset, byteLength } = buffers[0];
    try {
      // Decoding detaches its buffer, so it gets a copy.
      const decoded = await shared().context.decodeAudioData(
        buffer.slice(byteOffset, byteOffset + byteLength),
      );
      if (!waiting || model.get("_clip").version !== version) return;
      waiting = false;
      sound = decoded;
      play();
    } catch (error) {
      stop();
      status.textContent = gettext("This browser could not play the sound.");
      console.warn("twitchlib: the sound could not be played", error);
    }
  }

  function changed() {
    stop();
    sound = null;
    const clip = model.get("_clip");
    say(words, clip.words);
    show();
  }

  // A hidden tab, or a notebook behind another, is silent.
  const onVisibility = () => document.hidden && stop();
  const sizes = new ResizeObserver(([entry]) => entry.contentRect.width || stop());
  sizes.observe(el);
  document.addEventListener("visibilitychange", onVisibility);
  clock?.watch(() => playing && !clock.runs(playing.moment) && stop(), signal);
  model.on("change:_clip", changed);
  model.on("msg:custom", receive);
  signal.addEventListener("abort", () => {
    stop();
    sizes.disconnect();
    document.removeEventListener("visibilitychange", onVisibility);
    model.off("change:_clip", changed);
    model.off("msg:custom", receive);
  });
  setVolume(loudness);
  changed();
}

export default { render };
