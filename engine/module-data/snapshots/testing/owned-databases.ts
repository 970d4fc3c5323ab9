import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { beginReading } from "../../connections/read-transaction.ts";
import { fingerprint } from "../../testing/fingerprint.ts";
import { compareWithSnapshot } from "../compare-snapshot.ts";
import { restoreSnapshot } from "../restore-snapshot.ts";
import { writeSnapshot } from "../write-snapshot.ts";

export interface OwnedDatabase {
  /** Logs in as the owner, which is no superuser. */
  connect(): Promise<pg.Client>;
  run(sql: string): Promise<void>;
  fingerprint(): Promise<string[]>;
  /** As a superuser. */
  url: string;
}

export interface OwnedDatabases {
  roles: { ownerRole: string; runtimeRole: string };
  create(): Promise<OwnedDatabase>;
  /** A snapshot of the one in another, which is new, and how that compares with the file. */
  copy(from: OwnedDatabase): Promise<Copied>;
  close(): Promise<void>;
}

export interface Copied {
  to: OwnedDatabase;
  file: string;
  restored: Awaited<ReturnType<typeof restoreSnapshot>>;
  compared: Awaited<ReturnType<typeof compareWithSnapshot>>;
}

/** Databases as a module has them: one role owns them, another has the rows. */
export async function createOwnedDatabases(server = inject("postgresUrl")): Promise<OwnedDatabases> {
  const suffix = randomBytes(4).toString("hex");
  const roles = { ownerRole: `graft_${suffix}_o`, runtimeRole: `graft_${suffix}_r` };
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(
    `CREATE ROLE ${roles.runtimeRole} LOGIN PASSWORD 'x'; CREATE ROLE ${roles.ownerRole} LOGIN PASSWORD 'x' IN ROLE ${roles.runtimeRole}`,
  );
  const made: string[] = [];
  const files: string[] = [];
  const create = async (): Promise<OwnedDatabase> => {
    const name = `owned_${suffix}_${made.length}`;
    await admin.query(`CREATE DATABASE ${name} OWNER ${roles.ownerRole} TEMPLATE template0`);
    made.push(name);
    const url = server.replace(/\/[^/]*$/, `/${name}`);
    const connect = async () => {
      const login = new URL(url);
      login.username = roles.ownerRole;
      login.password = "x";
      const client = new pg.Client({ connectionString: login.href });
      client.on("error", () => {});
      await client.connect();
      return client;
    };
    return {
      url,
      connect,
      fingerprint: () => fingerprint(url),
      async run(sql) {
        const client = await connect();
        await client.query(sql).finally(() => client.end());
      },
    };
  };
  return {
    roles,
    create,
    async copy(from) {
      const file = join(tmpdir(), `graft-${suffix}-${files.length}.graft`);
      files.push(file);
      const source = await from.connect();
      await writeSnapshot(await beginReading(source), { module: "m", version: "1.0.0", file, roles });
      await source.end();
      const to = await create();
      const client = await to.connect();
      const restored = await restoreSnapshot(client, { file, roles });
      await client.end();
      const reader = await to.connect();
      const compared = await compareWithSnapshot(reader, { file, roles });
      await reader.end();
      return { to, file, restored, compared };
    },
    async close() {
      for (const name of made) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.query(`DROP ROLE ${roles.ownerRole}; DROP ROLE ${roles.runtimeRole}`);
      await admin.end();
      for (const file of files) rmSync(file, { force: true });
    },
  };
}
