/** Callbacks as an async iterable that ends when `signal` aborts; what subscribed is released in every case. */
export async function* queueEvents<T>(
  signal: AbortSignal,
  subscribe: (push: (value: T) => void) => () => void,
  maxWaiting = 1000,
): AsyncGenerator<T> {
  const waiting: T[] = [];
  let ended = signal.aborted;
  let wake: (() => void) | undefined;
  const notify = () => {
    wake?.();
    wake = undefined;
  };
  const end = () => {
    ended = true;
    notify();
  };
  signal.addEventListener("abort", end);
  const unsubscribe = subscribe((value) => {
    // A reader that stands still loses the oldest: newer news matters more than all of it.
    if (waiting.length >= maxWaiting) waiting.shift();
    waiting.push(value);
    notify();
  });
  try {
    while (true) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (ended) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener("abort", end);
    unsubscribe();
  }
}
