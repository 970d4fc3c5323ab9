import type { Listener, Log } from "../../core/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import { configChannel, generationChannel } from "../lead/channels.ts";
import type { Turns } from "./turns.ts";

/** Behind NOTIFY. */
const pollMs = 15_000;

export interface Followed {
  /** Resolves when this host has tried once to run the current generation; it follows all later ones. */
  start(): Promise<void>;
  close(): void;
}

/** Makes this host run what is current, whichever host changed it. */
export function followGenerations(deps: {
  log: Log;
  listener: Pick<Listener, "on" | "onReconnect">;
  registry: Pick<Registry, "generation">;
  turns: Pick<Turns, "inTurn">;
  /** Reads the registry and runs what it says. */
  reconcile(): Promise<void>;
}): Followed {
  const { log, listener, registry, turns } = deps;
  let stops: (() => void)[] = [];
  let closed = false;

  /** One that comes to its turn after the end starts nothing. */
  const reconcile = () =>
    turns.inTurn(async () => {
      if (!closed) await deps.reconcile();
    });

  function reconcileSoon() {
    reconcile().catch((error) =>
      log.warn({ err: error }, "could not follow the current generation; trying again soon"),
    );
  }
  return {
    async start() {
      // First of all: a database that is away for a moment now does not keep this host from following later.
      const poll = setInterval(reconcileSoon, pollMs).unref();
      stops = [
        () => clearInterval(poll),
        listener.on(generationChannel, (number) => {
          if (Number(number) > registry.generation()) reconcileSoon();
        }),
        listener.on(configChannel, reconcileSoon),
        listener.onReconnect(reconcileSoon),
      ];
      await reconcile().catch((error) => {
        log.error({ err: error }, "could not start the installed modules; trying again soon");
      });
    },
    close() {
      closed = true;
      for (const stop of stops) stop();
    },
  };
}
