/** Let the page do what else it has to do, and go on. */
export const breath = globalThis.scheduler?.yield
  ? () => scheduler.yield()
  : () => new Promise((resolve) => { setTimeout(resolve); });
