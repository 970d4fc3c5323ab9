import { type Actor, createListener, silentLog } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { type Access, createAccess } from "../../people/index.ts";
import {
  createTestRegistry,
  type TestRegistry,
} from "../../supply/installed/testing/create-test-registry.ts";
import { createFlags, type Flags } from "../index.ts";

export interface FlagsFixture {
  database: TestDatabase;
  access: Access;
  flags: Flags;
  /** Of every host that does not bring its own. */
  registry: TestRegistry;
  /** Root, the first administrator. */
  actor: Actor;
  /** A member, known to the directory; resolves to the id. */
  invite(name: string, groups?: string[]): Promise<string>;
  /** Flags of another host on the same database. */
  openHost(registry?: TestRegistry): Promise<Flags>;
  close(): Promise<void>;
}

/** One database for a file, with its first administrator. */
export async function createFlagsFixture(): Promise<FlagsFixture> {
  const database = await createTestDatabase();
  const listener = createListener(database.url, silentLog);
  const closes = [() => database.close(), () => listener.close()];
  const access = await createAccess({ db: database.db, log: silentLog, listener });
  closes.push(access.close);
  const common = createTestRegistry();
  async function openHost(registry = common): Promise<Flags> {
    const own = createListener(database.url, silentLog);
    const flags = await createFlags({ db: database.db, access, log: silentLog, listener: own, registry });
    closes.push(() => own.close(), flags.close);
    return flags;
  }
  const flags = await openHost();
  const { id, name } = await access.setup.createFirstAdministrator({
    name: "Root",
    email: "root@example.org",
    password: "violet harbour lantern",
  });
  const actor: Actor = { userId: id, name, role: "administrator", via: "user" };
  return {
    ...{ database, access, flags, actor, openHost, registry: common },
    async invite(name, groups = []) {
      const email = `${name.toLowerCase()}@example.org`;
      const { user } = await access.users.invite(actor, { name, email, role: "member", groups });
      await access.directory.refresh();
      return user.id;
    },
    async close() {
      for (const close of closes.reverse()) await close();
    },
  };
}
