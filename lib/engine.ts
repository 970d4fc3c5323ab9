import type { Engine } from "../engine/edge/host/index.ts";

const key = Symbol.for("graft.engine");

/**
 * The engine of this process, which server.ts puts in place before Next serves its first request.
 * Call it while handling a request, never at the top of a module: `next build` runs without an engine.
 */
export function getEngine(): Engine {
  const engine = (globalThis as Record<symbol, unknown>)[key];
  if (engine === undefined) {
    throw new Error(
      "No engine in this process. Start Graft with `npm start`; `next start` alone cannot serve it.",
    );
  }
  return engine as Engine;
}

/** For server.ts: makes `engine` the one that {@link getEngine} returns. */
export function setEngine(engine: Engine): void {
  (globalThis as Record<symbol, unknown>)[key] = engine;
}
