// The front end of a lesson: connects to the kernel, asks for its widgets, and puts each output in
// its place. Voilà's own includes JupyterLab, seven times as much to send, of which a lesson uses
// next to nothing; a page falls back on it for an output that is unknown here.

import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import * as controls from "@jupyter-widgets/controls";
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";
import { MessageLoop } from "@lumino/messaging";
import { Panel, Widget } from "@lumino/widgets";

import { anywidget } from "./anywidget.js";
import { knows, show, VIEW } from "./outputs.js";

const CONTROL = "jupyter.widget.control";
const CONTROL_VERSION = "1.0.0";
const PACKED = "twitchlib.states";
const TEXT = "twitchlib:text";
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

  // Like ManagerBase, which however gives up after 4 s and then asks for each widget separately: on
  // a slow connection, all over again while the first answer is still arriving.
  async restore(onProgress) {
    const packed = await this.packedStates(onProgress);
    const states = Object.entries(packed ?? (await this.plainStates()));
    await Promise.all(
      states.map(async ([id, { model_name, model_module, model_module_version, state, buffers = [] }]) => {
        if (this.has_model(id)) return;
        base.put_buffers(state, buffers.map(({ path }) => path), buffers.map(({ data }) => data));
        const comm = await this._create_comm(this.comm_target_name, id);
        const about = { model_name, model_module, model_module_version, model_id: id, comm };
        await this.new_model(about, state).catch((error) => console.error(error));
      }),
    );
  }

  // The answer of `twitchlib.serving.states`; null from a kernel that does not support it.
  async packedStates(onProgress) {
    if (!("DecompressionStream" in globalThis)) return null;
    const pieces = [];
    let here = 0;
    const whole = await this.ask(PACKED, {}, {}, ({ content, buffers: [piece] }) => {
      pieces.push(piece);
      here += piece.byteLength;
      onProgress(here, content.data.bytes);
      return here === content.data.bytes;
    });
    if (!whole) return null;
    const packed = new Blob(pieces).stream().pipeThrough(new DecompressionStream("deflate"));
    const { texts, states } = await new Response(packed).json();
    const unshared = (node) => {
      if (Array.isArray(node)) return node.map(unshared);
      if (node === null || typeof node !== "object") return node;
      if (TEXT in node) return texts[node[TEXT]];
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, unshared(value)]));
    };
    const all = unshared(states);
    for (const { buffers = [] } of Object.values(all)) {
      for (const buffer of buffers) buffer.data = bytes(buffer.data);
    }
    return all;
  }

  // The answer of any kernel with widgets; one that has loaded none does not answer.
  async plainStates() {
    let message;
    const answered = await this.ask(CONTROL, { method: "request_states" }, { version: CONTROL_VERSION }, (answer) => {
      message = answer;
      return true;
    });
    if (!answered) return {};
    const { states, buffer_paths: paths } = message.content.data;
    paths.forEach(([id, , ...path], i) => {
      (states[id].buffers ??= []).push({ path, data: view(message.buffers[i]) });
    });
    return states;
  }

  // Asks over a separate comm, until `take` has the whole answer. False if nothing is listening.
  async ask(target, question, metadata, take) {
    const comm = await this._create_comm(target, base.uuid(), {}, metadata);
    const answered = await new Promise((resolve) => {
      comm.on_msg((message) => { if (take(message)) resolve(true); });
      comm.on_close(() => resolve(false));
      if (Object.keys(question).length) comm.send(question, {});
    });
    if (answered) comm.close();
    return answered;
  }
}

const view = (data) => (data instanceof DataView ? data : new DataView(data.buffer ?? data));

function bytes(base64) {
  const text = atob(base64);
  return new DataView(Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
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

/**
 * Bring the page to life.
 *
 * @param {{baseUrl: string, kernelId: string}} config Where the course is, and the page's kernel.
 * @param {(here: number, all: number) => void} onProgress Called with the bytes of widget state.
 * @returns {Promise<Manager | null>} The manager of the page's widgets, whose kernel is connected;
 *   null if an output is of an unknown kind, and then nothing has been done.
 */
export async function start({ baseUrl, kernelId }, onProgress = () => {}) {
  const places = [...document.querySelectorAll(OUTPUT)].map((script) => ({
    place: script.parentElement,
    output: JSON.parse(script.textContent),
  }));
  if (!places.every(({ output }) => knows(output))) return null;
  const home = new URL(baseUrl, location.href).href;
  const wsUrl = home.replace(/^http/, "ws");
  const kernel = new KernelConnection({
    model: { id: kernelId, name: "" },
    serverSettings: ServerConnection.makeSettings({ baseUrl: home, wsUrl, token: "", appendToken: false }),
    commsOverSubshells: "disabled",
  });
  const manager = new Manager(kernel);
  if (places.some(({ output }) => output.data?.[VIEW])) await manager.restore(onProgress);
  await Promise.all(
    places.map(({ output, place }) =>
      put(output, place, manager).catch((error) => {
        console.error(error);
        place.replaceChildren();
      }),
    ),
  );
  return manager;
}
