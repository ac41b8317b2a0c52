/** Let the page do what else it has to do, and go on. */
export const pause = globalThis.scheduler?.yield
  ? () => scheduler.yield()
  : () => new Promise((resolve) => { setTimeout(resolve); });
