/** Let the page do its other work, then go on. */
export const pause = globalThis.scheduler?.yield
  ? () => scheduler.yield()
  : () => new Promise((resolve) => { setTimeout(resolve); });
