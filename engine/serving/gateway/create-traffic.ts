import type { Pool } from "undici";
import { createHolds, type Holds } from "./holds.ts";
import { createModulePools } from "./module-pools.ts";

/** The way of requests to the processes of modules. Whoever changes a process holds it up meanwhile, and moves it. */
export interface Traffic extends Holds {
  /** Traffic has moved from this socket of the module's. Resolves when what was sent there has been answered. */
  leave(module: string, socket: string): Promise<void>;
  connect(module: string, socket: string): Pool;
  /** Of a module on hold: when what was sent before has been answered, or after a while, as a stream may never end. */
  answered(module: string): Promise<void>;
  /** Ends every connection. */
  close(): Promise<void>;
}

const answeredMs = 2_000;

export function createTraffic({ holdMs = 10_000 }: { holdMs?: number } = {}): Traffic {
  const pools = createModulePools();
  return {
    ...{ ...createHolds(holdMs), leave: pools.leave, connect: pools.get, close: pools.close },
    answered: (module) =>
      Promise.race([
        pools.answered(module),
        new Promise<void>((resolve) => setTimeout(resolve, answeredMs).unref()),
      ]),
  };
}
