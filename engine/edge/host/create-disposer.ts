import type { Close, Log } from "../../core/index.ts";

export interface Disposer {
  add(what: string, close: Close): void;
  run: Close;
}

/** What was begun is ended in the reverse order, each thing once; one that fails does not keep the rest from ending. */
export function createDisposer(log: Log): Disposer {
  const open: { what: string; close: Close }[] = [];
  let running: Promise<void> | null = null;

  async function endAll(): Promise<void> {
    for (let next = open.pop(); next; next = open.pop()) {
      try {
        await next.close();
      } catch (error) {
        log.error({ err: error, what: next.what }, "did not end cleanly");
      }
    }
  }
  return {
    add: (what, close) => void open.push({ what, close }),
    run() {
      running ??= endAll();
      return running;
    },
  };
}
