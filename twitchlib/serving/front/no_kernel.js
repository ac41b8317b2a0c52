// In place of a kernel where there is none, as in the documentation. Everything is drawn as it stood when the
// page was made. What would need an answer is there to be seen, and inert.

const LIVE = /\.(BodyView|FigureView|Prose|SignalPath)$/;

export class NoKernel {
  /** By which a widget sees that it need not ask. */
  answers = false;

  registerCommTarget() {}

  createComm(targetName, commId) {
    const unheard = () => ({ msg: { header: { msg_id: "" } } });
    return { commId, targetName, open: unheard, send: unheard, close: unheard };
  }

  /** Make a view inert, unless it is of use by itself or holds others that are. */
  take({ model, el }) {
    el.inert = !model.has("children") && !LIVE.test(model.get("_anywidget_id"));
  }
}
