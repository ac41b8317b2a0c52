// Stands in for a kernel where there is none, as in the documentation. Everything is drawn as it was when the page
// was made. What would need an answer is visible but inert.

const LIVE = /\.(BodyView|FigureView|Prose|SignalPath)$/;

export class NoKernel {
  /** Tells a widget that there is no point in asking. */
  answers = false;

  registerCommTarget() {}

  createComm(targetName, commId) {
    const unheard = () => ({ msg: { header: { msg_id: "" } } });
    return { commId, targetName, open: unheard, send: unheard, close: unheard };
  }

  /** Make a view inert, unless it is of use by itself or may hold others that are. */
  take({ model, el }) {
    el.inert = !model.has("children") && !LIVE.test(model.get("_anywidget_id"));
  }
}
