import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSettings } from "../../../core/index.ts";
import { createHost } from "../create-host.ts";
import type { Host } from "../types.ts";
import { checkViews } from "./check-views.ts";

export const testSecret = "a secret of the tests, long enough";

export interface TestHost extends Host {
  url: string;
  dataDir: string;
  catalogDir: string;
  /** Ends it and removes its files; the database is the caller's. */
  end(): Promise<void>;
}

/** The whole engine behind its gateway on a free port of 127.0.0.1, without Next, on the database given. */
export async function startTestHost(options: {
  /** Undefined: a PostgreSQL of its own, started and kept up by the host. */
  databaseUrl?: string;
  /** Modules are put here before; made empty when not given. */
  catalogDir?: string;
  secret?: string;
  /** One that exists is used and left. */
  dataDir?: string;
  /** For modules that never become healthy: nobody waits longer for them. */
  gateTimeoutMs?: number;
}): Promise<TestHost> {
  const root = mkdtempSync(join(tmpdir(), "graft-host-test-"));
  chmodSync(root, 0o711);
  const catalogDir = options.catalogDir ?? join(root, "catalog");
  mkdirSync(catalogDir, { recursive: true });
  const dataDir = options.dataDir ?? join(root, "data");
  const settings = loadSettings({
    ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    GRAFT_DATA_DIR: dataDir,
    GRAFT_CATALOGS: `dir:${catalogDir}`,
    GRAFT_LOG_LEVEL: process.env.GRAFT_LOG_LEVEL ?? "silent",
    GRAFT_SECRET: options.secret ?? testSecret,
    GRAFT_CHECK_ANSWERS: "1",
  });
  const rootDir = join(import.meta.dirname, "../../../..");
  const host = await createHost({
    settings,
    version: "1.0.0",
    rootDir,
    identifyCookie: () => async () => null,
    gateTimeoutMs: options.gateTimeoutMs,
  });
  checkViews(host.engine);
  const server = createServer((req, res) => {
    if (!host.gateway.handle(req, res)) res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  host.serveAt(url);
  return {
    ...host,
    url,
    dataDir,
    catalogDir,
    async end() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await host.engine.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
