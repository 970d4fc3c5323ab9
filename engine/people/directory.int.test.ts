import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { createListener, silentLog } from "../core/index.ts";
import { createTestDatabase } from "../core/testing/index.ts";
import { createAccess } from "./index.ts";
import {
  type AccessFixture,
  createAccessFixtures,
  testPassword as password,
} from "./testing/create-access-fixtures.ts";

const fixtures = await createAccessFixtures();
let { access, actor, root, addUser } = {} as AccessFixture;
afterAll(fixtures.close);
beforeEach(async () => {
  ({ access, actor, root, addUser } = await fixtures.fresh());
});

test("a token works until it expires or is revoked, is stored only as a hash, and remembers its use", async () => {
  const { token, secret } = await access.tokens.create(actor, { userId: root.id, name: "ci" });
  expect(secret).toMatch(/^graft_[\w-]{43}$/);
  expect(secret.startsWith(token.prefix)).toBe(true);
  const stored = await fixtures.database.db.pool.query("SELECT t::text AS row FROM graft.api_tokens t");
  expect(stored.rows[0]?.row).not.toContain(secret.slice(12));
  const brief = await access.tokens.create(actor, {
    userId: root.id,
    name: "brief",
    expiresAt: new Date(Date.now() + 60).toISOString(),
  });
  expect(access.directory.token(secret)?.identity.name).toBe("Root");
  expect(access.directory.token(`${secret}x`)).toBeNull();
  expect(access.directory.token("nonsense")).toBeNull();
  await vi.waitFor(() => expect(access.directory.token(brief.secret)).toBeNull());
  await access.close();
  expect((await access.tokens.list(root.id)).find((t) => t.id === token.id)?.lastUsedAt).not.toBeNull();
  await access.tokens.revoke(actor, token.id);
  expect(access.directory.token(secret)).toBeNull();
  expect((await access.tokens.list(root.id)).find((t) => t.id === token.id)?.revokedAt).not.toBeNull();
});

test("another host sees a change by NOTIFY, and what it missed when its connection comes back", async () => {
  const otherListener = createListener(fixtures.database.url, silentLog);
  const other = await createAccess({ db: fixtures.database.db, log: silentLog, listener: otherListener });
  const ada = await addUser("Ada");
  await vi.waitFor(() => expect(other.directory.identity(ada.id)?.enabled).toBe(true));
  const { secret } = await access.tokens.create(actor, { userId: ada.id, name: "ci" });
  await vi.waitFor(() => expect(other.directory.token(secret)).not.toBeNull());
  await access.users.disable(actor, ada.id);
  await vi.waitFor(() => expect(other.directory.token(secret)).toBeNull());
  // Without a notification: as if it was sent while the connection was down.
  await fixtures.database.db.pool.query("UPDATE graft.users SET name = 'Ada Lovelace' WHERE id = $1", [
    ada.id,
  ]);
  await fixtures.database.db.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'graft-listen' AND datname = current_database()",
  );
  await vi.waitFor(() => expect(other.directory.identity(ada.id)?.name).toBe("Ada Lovelace"), {
    timeout: 5000,
  });
  await other.close();
  await otherListener.close();
});

test("with PostgreSQL gone the directory answers from memory, and follows again once it is back", async () => {
  const outage = await createTestDatabase();
  const itsListener = createListener(outage.url, silentLog);
  const its = await createAccess({ db: outage.db, log: silentLog, listener: itsListener });
  const user = await its.setup.createFirstAdministrator({ name: "Ada", email: "ada@example.org", password });
  const name = new URL(outage.url).pathname.slice(1);
  await fixtures.database.db.pool.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await fixtures.database.db.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1",
    [name],
  );
  await expect(its.directory.refresh()).rejects.toThrow();
  expect(its.directory.session(user.id, 1)?.name).toBe("Ada");
  await fixtures.database.db.pool.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  await outage.db.pool.query("UPDATE graft.users SET session_epoch = 2");
  await vi.waitFor(() => expect(its.directory.session(user.id, 1)).toBeNull(), { timeout: 10_000 });
  await its.close();
  await itsListener.close();
  await outage.close();
});
