import type { UserView } from "../../../contract/people.ts";
import { type Actor, createListener, silentLog } from "../../core/index.ts";
import { createTestDatabase } from "../../core/testing/index.ts";
import { type Access, createAccess } from "../index.ts";

export const testPassword = "violet harbour lantern";

export interface AccessFixture {
  access: Access;
  root: UserView;
  /** Root, as the one who asks. */
  actor: Actor;
  /** A user who can sign in with {@link testPassword}. */
  addUser(name: string, role?: UserView["role"]): Promise<UserView>;
}

/** One database and listener for a file; `fresh()` empties it and sets up its first administrator. */
export async function createAccessFixtures() {
  const database = await createTestDatabase();
  const listener = createListener(database.url, silentLog);
  const deps = { db: database.db, log: silentLog, listener };
  const opened: Access[] = [];

  async function open() {
    const access = await createAccess(deps);
    opened.push(access);
    return access;
  }

  return {
    database,
    open,
    async fresh(): Promise<AccessFixture> {
      await database.db.pool.query("TRUNCATE graft.users, graft.groups, graft.audit CASCADE");
      const access = await open();
      const input = { name: "Root", email: "root@example.org", password: testPassword };
      const root = await access.setup.createFirstAdministrator(input);
      const actor: Actor = {
        userId: root.id,
        name: root.name,
        role: "administrator",
        via: "user",
        ip: "192.0.2.1",
      };
      return {
        access,
        root,
        actor,
        async addUser(name, role = "member") {
          const email = `${name.toLowerCase()}@example.org`;
          const { user, secret } = await access.users.invite(actor, { name, email, role, groups: [] });
          await access.invites.accept({ secret, password: testPassword });
          return access.users.get(user.id);
        },
      };
    },
    async close() {
      for (const access of opened) await access.close();
      await listener.close();
      await database.close();
    },
  };
}
