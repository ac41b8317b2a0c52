// The front end of a lesson: makes the widgets that the page carries, puts each output in its place,
// and connects to the kernel, which nothing here waits for. Voilà's own includes JupyterLab, seven
// times as much to send, of which a lesson uses next to nothing; a page falls back on it for an output
// that is unknown here, and for widgets that it does not carry.

import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import * as controls from "@jupyter-widgets/controls";
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";
import { MessageLoop } from "@lumino/messaging";
import { Panel, Widget } from "@lumino/widgets";

import { anywidget, drawn, prepare } from "./anywidget.js";
import { editor, Runner } from "./editing.js";
import { knows, show, VIEW } from "./outputs.js";
import { WorkerKernel } from "./worker_kernel.js";

const STATES = "widget-states";
const TEXT = "twitchlib:text";
// Names of what a page and the scripts of its widgets find on it.
const WORKER = Symbol.for("twitchlib.worker"); // makes a worker that runs Python
const EDITING = Symbol.for("twitchlib.editing"); // makes an editor of code
const PROTOCOL = "v1.kernel.websocket.jupyter.org";
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

  // The models exist, and can be asked for, before this returns.
  adopt(states) {
    const comms = Object.keys(states).map((id) => this.kernel.createComm(this.comm_target_name, id));
    return Promise.all(
      Object.values(states).map(({ model_name, model_module, model_module_version, state }, i) => {
        const comm = new base.shims.services.Comm(comms[i]);
        const about = { model_name, model_module, model_module_version, model_id: comms[i].commId, comm };
        return this.new_model(about, state).catch((error) => console.error(error));
      }),
    );
  }
}

// Always offers the only protocol that the server speaks. JupyterLab offers none once it was refused,
// and would be refused for ever.
class Wire extends WebSocket {
  constructor(url) {
    super(url, [PROTOCOL]);
  }
}

// What `twitchlib.snapshot.states` packed; null if the page does not carry it or cannot unpack it.
async function carried() {
  const element = document.getElementById(STATES);
  if (!element || !("DecompressionStream" in globalThis)) return null;
  const packed = new Blob([bytes(element.textContent)]).stream();
  const { pieces, texts, states } = await new Response(packed.pipeThrough(new DecompressionStream("deflate"))).json();
  const whole = texts.map((numbers) => numbers.map((number) => pieces[number]).join("\n\n"));
  const unshared = (node) => {
    if (node === null || typeof node !== "object") return node;
    if (TEXT in node) return whole[node[TEXT]];
    for (const key of Object.keys(node)) node[key] = unshared(node[key]);
    return node;
  };
  for (const { state, buffers = [] } of Object.values(unshared(states))) {
    base.put_buffers(state, buffers.map(({ path }) => path), buffers.map(({ data }) => bytes(data)));
    if (state._model_module === "anywidget") prepare(state);
  }
  return states;
}

function bytes(base64) {
  const text = atob(base64);
  const all = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) all[i] = text.charCodeAt(i);
  return new DataView(all.buffer);
}

// Where a script finds how to run code on this page; there is none if a server would have to.
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

// Tabs and the like measure themselves when asked to.
addEventListener("resize", () => {
  for (const panel of panels) MessageLoop.postMessage(panel, Widget.ResizeMessage.UnknownSize);
});

function serverKernel({ baseUrl, kernelId }) {
  const home = new URL(baseUrl, location.href).href;
  const wsUrl = home.replace(/^http/, "ws");
  return new KernelConnection({
    model: { id: kernelId, name: "" },
    serverSettings: ServerConnection.makeSettings({
      baseUrl: home, wsUrl, token: "", appendToken: false, WebSocket: Wire,
    }),
    commsOverSubshells: "disabled",
  });
}

/**
 * Show the page's outputs, and connect them to the kernel.
 *
 * @param {object} config Where the course is, and the page's kernel: `baseUrl` and `kernelId` of a server's,
 *   or what `WorkerKernel` takes.
 * @returns {Promise<Manager | null>} The manager of the page's widgets once all outputs are in place,
 *   whether or not its kernel is connected; null if an output is of an unknown kind, or shows a widget
 *   that the page does not carry, and then nothing has been done.
 */
export async function start(config) {
  const places = [...document.querySelectorAll(OUTPUT)].map((script) => ({
    place: script.parentElement,
    output: JSON.parse(script.textContent),
  }));
  if (!places.every(({ output }) => knows(output))) return null;
  if (config.worker) offerEditing();
  const shown = new Set(places.flatMap(({ output }) => output.data?.[VIEW]?.model_id ?? []));
  const states = shown.size ? await carried() : {};
  if (!states) return null;
  const packed = document.getElementById(STATES)?.textContent ?? "";
  const kernel = config.worker
    ? new WorkerKernel(globalThis[WORKER](), config.cells, packed, shown)
    : serverKernel(config);
  const manager = new Manager(kernel);
  await manager.adopt(states);
  await Promise.all(
    places.map(({ output, place }) =>
      put(output, place, manager).catch((error) => {
        console.error(error);
        place.replaceChildren();
      }),
    ),
  );
  await drawn();
  kernel.begin?.(); // a worker would slow the drawing down
  return manager;
}
