// The kernel of a page without a server: as much of a kernel as widgets use. What is sent before it is alive waits in
// the worker until then. It does nothing before `begin` is called.

import { Signal } from "@lumino/signaling";

export class WorkerKernel {
  /**
   * @param {Worker} worker Runs worker.js.
   * @param {string[]} cells The lesson's code.
   * @param {string} states The packed states of the page's widgets.
   * @param {Set<string>} shown Names of the widgets that the page's outputs show.
   */
  constructor(worker, cells, states, shown) {
    this.statusChanged = new Signal(this);
    this.connectionStatusChanged = new Signal(this);
    this.ended = new Promise((resolve) => { this.onEnd = resolve; });
    this.comms = new Map();
    this.targets = new Map();
    this.turns = new Map();
    this.turn = 0;
    this.shown = shown;
    this.info = new Promise((resolve) => { this.onAlive = resolve; });
    this.worker = worker;
    this.worker.addEventListener("message", ({ data }) => this[data.kind](data));
    const failed = ({ message }) => this.died({ why: message ?? "the worker did not start" });
    this.worker.addEventListener("error", failed);
    if (worker.failed) setTimeout(failed, 0, {}); // it failed before this listened
    this.begin = () => this.worker.postMessage({ kind: "begin", cells, states });
  }

  // --- messages from the worker ----------------------------------------------------------

  hold({ lock }) {
    navigator.locks.request(lock, () => this.died({ why: "the worker has ended" }));
  }

  alive({ shown }) {
    const strangers = shown.filter((name) => !this.shown.has(name));
    if (strangers.length) {
      this.died({ why: `the page does not show ${strangers}` });
      return;
    }
    this.connectionStatusChanged.emit("connected");
    this.onAlive();
  }

  comm({ type, name, message, buffers }) {
    const { content, metadata } = JSON.parse(message);
    const heard = { header: { msg_type: type }, content, metadata, buffers: buffers.map(viewed) };
    const comm = this.comms.get(name);
    if (type === "comm_open") this.targets.get(content.target_name)?.(this.createComm(content.target_name, name), heard);
    else if (type === "comm_msg") comm?.onMsg?.(heard);
    else if (type === "comm_close") {
      this.comms.delete(name);
      comm?.onClose?.(heard);
    }
  }

  done({ turn }) {
    this.turns.get(turn)?.onIOPub?.({ header: { msg_type: "status" }, content: { execution_state: "idle" } });
    this.turns.delete(turn);
  }

  ran({ outputs, problem }) {
    this.onRan?.({ outputs, problem });
  }

  died({ why }) {
    if (!this.dead) console.error(`twitchlib: ${why}`);
    this.end();
  }

  /** End Python, whatever it is doing. */
  end() {
    if (this.dead) return;
    this.dead = true;
    this.worker.terminate();
    this.statusChanged.emit("dead");
    this.onEnd();
  }

  /** Run what a reader wrote, and return its outputs and what went wrong; does not return if the worker ends. */
  run(source) {
    this.worker.postMessage({ kind: "run", source });
    return new Promise((resolve) => { this.onRan = resolve; });
  }

  // --- what widgets use ------------------------------------------------------------------

  registerCommTarget(name, callback) {
    this.targets.set(name, callback);
  }

  async requestCommInfo() {
    return { content: { status: "ok", comms: {} } };
  }

  createComm(targetName, commId = `page-${Math.random().toString(36).slice(2)}`) {
    const send = (type) => (data, metadata, buffers = []) => this.post(type, commId, { data, metadata, buffers });
    const comm = { commId, targetName, open: send("comm_open"), send: send("comm_msg"), close: send("comm_close") };
    this.comms.set(commId, comm);
    return comm;
  }

  post(type, name, { data, metadata = {}, buffers }) {
    if (this.dead) throw new Error("twitchlib: the worker has ended");
    this.turn += 1;
    const future = { msg: { header: { msg_id: `turn-${this.turn}` } } };
    this.turns.set(this.turn, future);
    const message = JSON.stringify({ content: { comm_id: name, data }, metadata });
    this.worker.postMessage({ kind: "comm", turn: this.turn, type, name, message, buffers: buffers.map(bytes) });
    return future;
  }
}

const viewed = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

function bytes(buffer) {
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);
}
