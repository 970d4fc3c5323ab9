import type { Log } from "../../core/index.ts";
import type { Recovery } from "../operations/recover-operations.ts";
import type { Turns } from "./turns.ts";

/** For operations whose host died: nothing tells of that. One look at an index each time. */
const lookMs = 3_000;
const retryMs = 2_000;

/** As much of an operation as recovery has to know to let its requests wait. */
interface Interrupted {
  journal: { changes: readonly { module: string; cutover: string }[] };
}

/** Where operations report that PostgreSQL went away under them; known before them, so that recovery can rest on them. */
export interface Interruptions {
  /** Absent: it may have been recorded although the answer was lost. */
  report(op?: Interrupted): void;
  onReport(listener: (op?: Interrupted) => void): void;
}

export function createInterruptions(): Interruptions {
  const listeners: ((op?: Interrupted) => void)[] = [];
  return {
    report(op) {
      for (const heard of listeners) heard(op);
    },
    onReport: (listener) => void listeners.push(listener),
  };
}

export interface RecoveryDeps {
  log: Log;
  turns: Pick<Turns, "inTurn">;
  interruptions: Pick<Interruptions, "onReport">;
  /** True while this host runs an operation. */
  busy(): boolean;
  /** As `recoverOperations`. */
  recover(): Promise<Recovery>;
  /** Makes this host run what is current. */
  reconcile(): Promise<void>;
  /** Lets waiting requests go on. */
  release(module: string): void;
}

export interface RecoveryRoom {
  /** Before anything is served: what it finds is finished or taken back, and settled by {@link activateFound}. */
  atStart(): Promise<void>;
  /** Once processes may be started; tried again when it fails. */
  activateFound(): Promise<void>;
  /** Looks from now on what a host that died has left. */
  start(): void;
  close(): void;
}

/** When what is unfinished is recovered: at start, when an operation was interrupted here, and every few seconds. */
export function createRecovery(deps: RecoveryDeps): RecoveryRoom {
  const { log } = deps;
  /** Of interrupted operations: their requests wait until recovery has decided. */
  const held = new Set<string>();
  let activateFound = async () => {};
  let retry: NodeJS.Timeout | undefined;
  let looking: NodeJS.Timeout | undefined;
  let closed = false;

  deps.interruptions.onReport((op) => {
    for (const { module, cutover } of op?.journal.changes ?? []) if (cutover === "held") held.add(module);
    soon();
  });

  function soon(): void {
    clearTimeout(retry);
    void attempt(recoverHere);
  }
  function later(): void {
    clearTimeout(retry);
    if (!closed) retry = setTimeout(soon, retryMs).unref();
  }
  function attempt(work: () => Promise<void>): Promise<void> {
    return deps.turns.inTurn(work).catch((error) => {
      log.error({ err: error }, "recovery will be tried again");
      later();
    });
  }
  /** What a host left that died, or this one when PostgreSQL went away under it. In turn, as it starts and stops modules. */
  async function recoverHere(): Promise<void> {
    if (closed) return;
    // One that waits for its turn has what it needs in its hand; what it left, if anything, is for the turn after it.
    if (deps.busy()) return later();
    const recovery = await deps.recover();
    // Another host is at it; its outcome comes by NOTIFY.
    if (recovery === null) return release();
    if (recovery.found === 0 && held.size === 0) return recovery.activate();
    // Settled first: an upgrade's old process serves until the new one is healthy.
    await recovery.activate();
    await deps.reconcile();
    release();
  }
  function release(): void {
    for (const module of held) deps.release(module);
    held.clear();
  }

  return {
    async atStart() {
      const recovery = await deps.recover();
      if (recovery) activateFound = recovery.activate;
    },
    activateFound: () => attempt(() => activateFound()),
    start() {
      looking ??= setInterval(soon, lookMs).unref();
    },
    close() {
      closed = true;
      clearTimeout(retry);
      clearInterval(looking);
    },
  };
}
