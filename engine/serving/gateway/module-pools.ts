import { Pool } from "undici";

/** Kept-alive connections to module processes, one pool per socket path. */
export interface ModulePools {
  get(module: string, socketPath: string): Pool;
  /** Nothing is sent to this socket any more. Resolves when what was sent has been answered. */
  leave(module: string, socketPath: string): Promise<void>;
  /** When everything that was sent to the module so far has been answered. */
  answered(module: string): Promise<void>;
  close(): Promise<void>;
}

export function createModulePools(): ModulePools {
  const pools = new Map<string, { socketPath: string; pool: Pool }>();
  return {
    get(module, socketPath) {
      const known = pools.get(module);
      if (known?.socketPath === socketPath) return known.pool;
      // The process was replaced: open requests on the old socket end by themselves.
      void known?.pool.close().catch(() => {});
      const pool = new Pool(`http://${module}`, {
        socketPath,
        pipelining: 1,
        // Event streams hold a connection each, so a cap would let a few watchers starve everybody else.
        connections: null,
        connect: { timeout: 5_000 },
      });
      pools.set(module, { socketPath, pool });
      return pool;
    },
    async leave(module, socketPath) {
      const known = pools.get(module);
      if (known?.socketPath !== socketPath) return;
      pools.delete(module);
      await known.pool.close().catch(() => {});
    },
    async answered(module) {
      const known = pools.get(module);
      pools.delete(module);
      await known?.pool.close().catch(() => {});
    },
    async close() {
      const all = [...pools.values()];
      pools.clear();
      await Promise.all(all.map(({ pool }) => pool.destroy().catch(() => {})));
    },
  };
}
