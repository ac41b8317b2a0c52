// The kernel of a page that a server has sent.

import { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";

const PROTOCOL = "v1.kernel.websocket.jupyter.org";

// Always offers the only protocol that the server speaks. JupyterLab offers none after a refusal, and would then be
// refused for ever.
class Wire extends WebSocket {
  constructor(url) {
    super(url, [PROTOCOL]);
  }
}

export function serverKernel({ baseUrl, kernelId }) {
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
