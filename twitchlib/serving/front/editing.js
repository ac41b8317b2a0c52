// Code that a reader can change and run. It runs in a separate Python, so that nothing done there can reach the
// lesson, and ending that Python ends an endless loop.

import { WorkerKernel } from "./worker_kernel.js";

const PATIENCE_S = 60;

/** Runs code in a worker, which is started when first needed and again after each stop. */
export class Runner {
  /**
   * @param {() => Worker} start Makes a worker.
   * @param {(kernel: WorkerKernel) => (output: object, place: HTMLElement) => Promise<void>} shower Returns a function
   *   that shows the outputs of a kernel.
   */
  constructor(start, shower) {
    Object.assign(this, { start, shower });
  }

  /** Start Python, if there is none, and wait for it. */
  async ready() {
    if (!this.kernel || this.kernel.dead) {
      this.kernel = new WorkerKernel(this.start(), [], "", new Set());
      this.show = this.shower(this.kernel);
      this.kernel.begin();
    }
    await this.kernel.info;
  }

  /** Run code, and return its result; null if Python was stopped or has ended. */
  async run(source) {
    const { kernel } = this;
    return Promise.race([kernel.run(source), kernel.ended.then(() => null)]);
  }

  stop() {
    this.kernel?.end();
  }
}

function made(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

let count = 0;

/**
 * Make an editor, closed at first.
 *
 * @param {Runner} runner Runs the code.
 * @returns {{ element: HTMLElement, offer: (code: string) => void }} Its element, and a function that sets the code
 *   to begin with and to reset to.
 */
export function editor(runner) {
  count += 1;
  const id = `tw-editor-${count}`;
  const button = (text) => made("button", { type: "button", className: "tw-button jupyter-button", textContent: text });
  const open = button(gettext("Edit and run this code"));
  const label = made("label", { htmlFor: id, textContent: gettext("Your code") });
  const code = made("textarea", {
    id, className: "tw-editor-code", spellcheck: false, autocapitalize: "off", autocomplete: "off",
  });
  const go = button(gettext("Run (Ctrl+Enter)"));
  const stop = button(gettext("Stop"));
  const reset = button(gettext("Reset the code"));
  const status = made("p", { className: "tw-small" });
  status.setAttribute("role", "status");
  const problem = made("p", { className: "tw-editor-problem" });
  problem.setAttribute("role", "alert");
  const outputs = made("div", { className: "tw-editor-outputs" });
  const row = made("div", { className: "tw-editor-buttons" }, go, stop, reset);
  const desk = made("div", { hidden: true }, label, code, row, status, problem, outputs);
  const element = made("div", { className: "tw-editor" }, open, desk);
  let offered = "";
  let running = false;
  stop.disabled = true;

  const fit = () => { code.rows = Math.min(30, code.value.split("\n").length + 1); };

  async function run() {
    if (running) return;
    running = true;
    go.disabled = true;
    stop.disabled = false;
    problem.textContent = "";
    status.textContent = gettext("Python is starting …");
    let late = false;
    const clock = setTimeout(() => { late = true; runner.stop(); }, 1000 * PATIENCE_S);
    const ready = await Promise.race([runner.ready().then(() => true), runner.kernel.ended.then(() => false)]);
    status.textContent = gettext("Running …");
    const begin = performance.now();
    const result = ready ? await runner.run(code.value) : null;
    const seconds = (performance.now() - begin) / 1000;
    clearTimeout(clock);
    running = false;
    go.disabled = false;
    stop.disabled = true;
    outputs.replaceChildren();
    if (result) {
      status.textContent = gettext("Done in {seconds} s.", { seconds: seconds.toFixed(1) });
      if (result.problem) status.textContent = gettext("It stopped at an error.");
      problem.textContent = result.problem;
      for (const output of result.outputs) {
        const place = made("div", {});
        outputs.append(place);
        await runner.show(output, place);
      }
    } else {
      status.textContent = late
        ? gettext("Stopped, since it had not finished after {seconds} s. The lesson goes on.", { seconds: PATIENCE_S })
        : gettext("Stopped. The lesson goes on.");
    }
  }

  open.addEventListener("click", () => {
    desk.hidden = false;
    open.remove();
    element.classList.add("tw-open"); // the code is here now, and no longer above
    fit();
    code.setSelectionRange(0, 0); // otherwise a long last line would show its end
    code.focus();
    runner.ready(); // Python starts while the reader reads
  });
  go.addEventListener("click", run);
  stop.addEventListener("click", () => {
    runner.stop();
    go.focus();
  });
  reset.addEventListener("click", () => {
    code.value = offered;
    fit();
    code.focus();
  });
  code.addEventListener("input", fit);
  code.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  });
  // New code from a slider replaces code that the reader has not changed.
  function offer(text) {
    if (code.value === offered) code.value = text;
    offered = text;
    fit();
  }
  return { element, offer };
}
