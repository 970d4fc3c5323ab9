import { EventEmitter, on } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { OperationView } from "./types.ts";

const pollMs = 500;

/** Who follows an operation: pushed when it runs on this host, polled when on another. */
export interface OperationWatch {
  changed(view: OperationView): void;
  /** The newest view of an operation that runs here. */
  local(id: string): OperationView | undefined;
  /** It runs here no more, though it has not ended: whoever follows it reads what its recovery writes. */
  forget(id: string): void;
  watch(id: string, read: () => Promise<OperationView>, signal?: AbortSignal): AsyncIterable<OperationView>;
}

export function createOperationWatch(): OperationWatch {
  const emitter = new EventEmitter().setMaxListeners(0);
  const running = new Map<string, OperationView>();

  async function* follow(id: string, signal?: AbortSignal) {
    // Subscribed before the present view is given, so that nothing falls between.
    const changes = on(emitter, id, signal ? { signal } : {});
    const now = running.get(id);
    if (now) yield now;
    if (!now || now.finishedAt !== null) return;
    for await (const [view] of changes as AsyncIterable<[OperationView | null]>) {
      if (view === null) return;
      yield view;
      if (view.finishedAt !== null) return;
    }
  }

  return {
    changed(view) {
      // Finished views stay until the row has the last word, which is when the caller reads it again.
      running.set(view.id, view);
      if (view.finishedAt !== null) setTimeout(() => running.delete(view.id), 5000).unref();
      emitter.emit(view.id, view);
    },
    local: (id) => running.get(id),
    forget(id) {
      running.delete(id);
      emitter.emit(id, null);
    },
    async *watch(id, read, signal) {
      let last = "";
      for (;;) {
        const view = running.get(id) ?? (await read());
        const key = JSON.stringify(view);
        if (key !== last) yield view;
        last = key;
        if (view.finishedAt !== null) return;
        if (running.has(id)) {
          for await (const next of follow(id, signal)) {
            if (JSON.stringify(next) !== last) yield next;
            if (next.finishedAt !== null) return;
          }
        }
        await sleep(pollMs, undefined, signal ? { signal } : {});
      }
    },
  };
}
