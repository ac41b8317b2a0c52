// The front end of a lesson: makes the widgets that the page carries, puts each output in its place, and connects to
// the kernel, if there is one, without waiting for it. Voilà's own front end includes JupyterLab, of which a lesson
// uses next to nothing, and is seven times as much to send. A page falls back on it for an output of an unknown kind,
// and for widgets that the page does not carry.

import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import * as controls from "@jupyter-widgets/controls";
import { MessageLoop } from "@lumino/messaging";
import { Panel, Widget } from "@lumino/widgets";

import { anywidget, drawn, prepare, wear } from "./anywidget.js";
import { pause } from "../../widgets/js/plotly_pause.js";
import { editor, Runner } from "./editing.js";
import { NoKernel } from "./no_kernel.js";
import { knows, show, VIEW } from "./outputs.js";
import { serverKernel } from "./server_kernel.js";
import { carried, packed } from "./states.js";
import { WorkerKernel } from "./worker_kernel.js";

const NONE = { names: [], styles: [] };
// Under these names, a page and the scripts of its widgets find functions on the global object.
const WORKER = Symbol.for("twitchlib.worker"); // makes a worker that runs Python
const EDITING = Symbol.for("twitchlib.editing"); // makes an editor of code
const OUTPUT = 'script[type="application/vnd.voila.cell-output+json"]';

const outputWidgets = {
  OutputModel: class extends base.DOMWidgetModel {
    defaults() {
      return {
        ...super.defaults(),
        _model_name: "OutputModel",
        _model_module: "@jupyter-widgets/output",
        _model_module_version: "1.0.0",
        _view_name: "OutputView",
        _view_module: "@jupyter-widgets/output",
        _view_module_version: "1.0.0",
        msg_id: "",
        outputs: [],
      };
    }
  },
  OutputView: class extends base.DOMWidgetView {
    render() {
      super.render();
      this.el.classList.add("jupyter-widgets", "jp-OutputArea");
      this.listenTo(this.model, "change:outputs", () => this.fill());
      this.fill();
    }
    fill() {
      const places = this.model.get("outputs").map((output) => {
        const place = document.createElement("div");
        put(output, place, this.model.widget_manager);
        return place;
      });
      this.el.replaceChildren(...places);
    }
  },
};

const CLASSES = {
  "@jupyter-widgets/base": base,
  "@jupyter-widgets/controls": controls,
  "@jupyter-widgets/output": outputWidgets,
  anywidget: anywidget(base),
};

class Manager extends ManagerBase {
  constructor(kernel) {
    super();
    this.kernel = kernel;
    this.carried = new Map();
    kernel.registerCommTarget(this.comm_target_name, (comm, message) =>
      this.handle_comm_open(new base.shims.services.Comm(comm), message),
    );
  }

  async loadClass(name, module) {
    const found = CLASSES[module]?.[name];
    if (!found) throw new Error(`twitchlib: no ${name} of ${module} on this page`);
    return found;
  }

  async _create_comm(target, id, data, metadata, buffers) {
    const comm = this.kernel.createComm(target, id);
    if (data || metadata) comm.open(data, metadata, buffers);
    return new base.shims.services.Comm(comm);
  }

  async _get_comm_info() {
    const reply = await this.kernel.requestCommInfo({ target_name: this.comm_target_name });
    return reply.content.status === "ok" ? reply.content.comms : {};
  }

  // Takes the states of the widgets that the page carries. A widget is made when first needed, the rest by `makeAll`.
  carry(states) {
    this.states = states;
    states.styles.forEach(wear);
    for (const id of states.names) {
      const comm = this.kernel.createComm(this.comm_target_name, id);
      const early = [];
      comm.onMsg = (message) => early.push(message);
      this.carried.set(id, { comm, early });
    }
  }

  get_model(id) {
    this.make(id);
    return super.get_model(id);
  }

  async create_view(model, options) {
    const view = await super.create_view(model, options);
    this.kernel.take?.(view);
    return view;
  }

  async make(id) {
    if (!this.carried.has(id)) return;
    const { comm, early } = this.carried.get(id);
    this.carried.delete(id);
    const { state, ...about } = this.states.about(id);
    prepare(state);
    try {
      await this.new_model({ ...about, model_id: id, comm: new base.shims.services.Comm(comm) }, state);
      for (const message of early) comm.onMsg(message);
    } catch (error) {
      console.error(error);
    }
  }

  async makeAll() {
    for (const id of [...this.carried.keys()]) {
      await this.make(id);
      await pause();
    }
  }
}

// Lets scripts offer code to edit and run on this page; not called if a server would have to run it.
function offerEditing() {
  const runner = new Runner(globalThis[WORKER], (kernel) => {
    const manager = new Manager(kernel);
    return (output, place) => put(output, place, manager);
  });
  globalThis[EDITING] = () => editor(runner);
}

const panels = new Set();

async function put(output, place, manager) {
  if (!output.data?.[VIEW]) {
    show(output, place);
    return;
  }
  const model = await manager.get_model(output.data[VIEW].model_id);
  const view = await manager.create_view(model);
  const panel = new Panel();
  panel.addClass("jp-OutputArea-output");
  place.replaceChildren();
  Widget.attach(panel, place);
  panel.addWidget(view.luminoWidget);
  panels.add(panel);
  panel.disposed.connect(() => panels.delete(panel));
}

// Tabs and the like measure themselves when told to.
addEventListener("resize", () => {
  for (const panel of panels) MessageLoop.postMessage(panel, Widget.ResizeMessage.UnknownSize);
});

/**
 * Show the page's outputs, those in view first, and connect them to the kernel.
 *
 * @param {object} config The page's kernel: `baseUrl` and `kernelId` of one on a server, `worker` and `cells` of one
 *   in the browser; empty if there is none.
 * @param {object} common The module of `twitchlib.snapshot.common`.
 * @returns {Promise<Manager | null>} The manager of the page's widgets once what is in view is in place,
 *   whether or not its kernel is connected; its `complete` puts the rest in place. It is null if an output is of
 *   an unknown kind, or shows a widget that the page does not carry, and then nothing has been done.
 */
export async function start(config, common) {
  const places = [...document.querySelectorAll(OUTPUT)].map((script) => ({
    place: script.parentElement,
    output: JSON.parse(script.textContent),
  }));
  if (!places.every(({ output }) => knows(output))) return null;
  if (config.worker) offerEditing();
  const shown = new Set(places.flatMap(({ output }) => output.data?.[VIEW]?.model_id ?? []));
  const states = shown.size ? await carried(common) : NONE;
  if (!states) return null;
  const kernel = config.worker ? new WorkerKernel(globalThis[WORKER](), config.cells, packed(), shown)
    : config.kernelId ? serverKernel(config)
    : new NoKernel();
  const manager = new Manager(kernel);
  manager.carry(states);
  const left = await fillView(places, manager);
  await drawn();
  manager.complete = () => complete(left, manager);
  return manager;
}

// A filled output may be smaller than the room that was kept for it, and so bring others into view.
async function fillView(places, manager) {
  const next = places.find(({ place }) => inView(place));
  if (!next) return places;
  await fill(next, manager);
  return fillView(places.filter((one) => one !== next), manager);
}

function inView(place) {
  const { top, bottom } = place.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}

async function fill({ output, place }, manager) {
  try {
    await put(output, place, manager);
  } catch (error) {
    console.error(error);
    place.replaceChildren();
  }
  await pause();
}

async function complete(places, manager) {
  for (const place of places) await fill(place, manager);
  await manager.makeAll();
  await drawn();
  manager.kernel.begin?.(); // only now, since a worker would slow the drawing down
}
