import { randomBytes } from "node:crypto";
import pg from "pg";
import { onDatabase } from "../connections/login-url.ts";
import type { ModuleServer } from "../connections/module-server.ts";
import type { Naming } from "../connections/names.ts";
import type { OwnerConnections } from "../connections/owner-connections.ts";
import type { ServerFacts } from "../connections/server-facts.ts";
import { createClosed, listUnowned, templateOf } from "../databases/create-database.ts";
import { dropByName } from "../databases/drop-database.ts";
import { createUntrusted } from "../databases/extensions.ts";
import { ensureRoles } from "../databases/roles.ts";
import { checkSnapshot } from "../snapshots/check-snapshot.ts";
import { compareWithSnapshot } from "../snapshots/compare-snapshot.ts";
import { restoreSnapshot } from "../snapshots/restore-snapshot.ts";
import type { ModuleDatabase, SnapshotProof } from "../types.ts";
import { proveHostRows } from "./prove-host-rows.ts";

export interface ProofDeps {
  server: ModuleServer;
  naming: Naming;
  owners: OwnerConnections;
  facts(): Promise<ServerFacts>;
  secret: Buffer;
}

export interface Proofs {
  prove: ModuleDatabase["prove"];
  proveHost: ModuleDatabase["proveHost"];
  clear: ModuleDatabase["clearProofs"];
}

/** Snapshots are restored into databases that nobody but the host enters, compared, and dropped again. */
export function createProofs(deps: ProofDeps): Proofs {
  const { server, naming } = deps;
  const inScratch = async <T>(work: (database: string) => Promise<T>): Promise<T> => {
    const database = naming.unowned("proof", randomBytes(6).toString("hex"));
    try {
      await createClosed(server, database, await templateOf(server));
      const name = pg.escapeIdentifier(database);
      await server.pool.query(
        `REVOKE ALL ON DATABASE ${name} FROM PUBLIC; ALTER DATABASE ${name} ALLOW_CONNECTIONS true`,
      );
      return await work(database);
    } finally {
      await dropByName(server, database);
    }
  };
  return {
    prove: (input) => inScratch((database) => proveModule(deps, database, input)),
    proveHost: (input) => inScratch((database) => proveHostRows(onDatabase(server.url, database), input)),
    async clear() {
      for (const name of await listUnowned(server, naming, "proof")) await dropByName(server, name);
    },
  };
}

async function proveModule(
  { server, naming, owners, facts, secret }: ProofDeps,
  database: string,
  { module, file }: { module: string; file: string },
): Promise<SnapshotProof> {
  const roles = naming.roles(module);
  await ensureRoles(server, roles, secret);
  await server.pool.query(
    `ALTER DATABASE ${pg.escapeIdentifier(database)} OWNER TO ${pg.escapeIdentifier(roles.ownerRole)}`,
  );
  const names = (await checkSnapshot(file)).installed.map(({ name }) => name);
  if (names.length > 0) await createUntrusted(server, await facts(), { database, names, isEmpty: true });
  const place = { module, database: 0 };
  const restored = await owners.use(place, (client) => restoreSnapshot(client, { file, roles }), {
    in: database,
    unflushed: true,
  });
  const { differences } = await owners.use(place, (client) => compareWithSnapshot(client, { file, roles }), {
    in: database,
  });
  return { ...restored, differences };
}
