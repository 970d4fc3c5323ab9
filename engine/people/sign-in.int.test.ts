import { afterAll, beforeEach, expect, test } from "vitest";
import { silentLog } from "../core/index.ts";
import { setUpFromSettings } from "./index.ts";
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

const signIn = (email: string, given = password, ip?: string) =>
  access.signIn.verify({ email, password: given, ...(ip ? { ip } : {}) });
const actions = async () => (await access.audit.list()).items.map((entry) => entry.action);

test("set-up happens once, whoever asks at the same time", async () => {
  await fixtures.database.db.pool.query("TRUNCATE graft.users CASCADE");
  const fresh = await fixtures.open();
  const input = { name: "First", email: "first@example.org", password };
  const results = await Promise.allSettled([
    fresh.setup.createFirstAdministrator(input),
    fresh.setup.createFirstAdministrator({ ...input, email: "second@example.org" }),
  ]);
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  expect(results.find((result) => result.status === "rejected")).toMatchObject({
    reason: { code: "SETUP_DONE" },
  });
  expect(await fresh.setup.needed()).toBe(false);
});

test("settings create the first administrator, and nothing on a host that has one", async () => {
  const settings = { adminEmail: "Boss@Example.org", adminPassword: password };
  await setUpFromSettings(access, settings, silentLog);
  expect((await access.users.list()).items).toHaveLength(1);
  await fixtures.database.db.pool.query("TRUNCATE graft.users CASCADE");
  const fresh = await fixtures.open();
  await setUpFromSettings(fresh, settings, silentLog);
  expect((await fresh.signIn.verify({ email: "boss@example.org", password })).user.role).toBe(
    "administrator",
  );
  await expect(
    setUpFromSettings(fresh, { adminEmail: "boss@example.org", adminPassword: undefined }, silentLog),
  ).rejects.toMatchObject({ code: "SETTINGS_INVALID" });
});

test("a signed-in user has a live session, and their address is not case-sensitive", async () => {
  const { user, sessionEpoch } = await signIn(" ROOT@example.org ");
  expect(access.directory.session(user.id, sessionEpoch)).toMatchObject({
    name: "Root",
    role: "administrator",
  });
  expect(access.directory.session(user.id, sessionEpoch + 1)).toBeNull();
});

test("a disabled user's session and tokens end at once, and enabling does not bring them back", async () => {
  const ada = await addUser("Ada");
  const { sessionEpoch } = await signIn(ada.email);
  const { secret } = await access.tokens.create(actor, { userId: ada.id, name: "ci" });
  expect(access.directory.token(secret)?.identity.userId).toBe(ada.id);
  await access.users.disable(actor, ada.id);
  expect(access.directory.session(ada.id, sessionEpoch)).toBeNull();
  expect(access.directory.token(secret)).toBeNull();
  await expect(signIn(ada.email)).rejects.toMatchObject({ code: "SIGN_IN_FAILED" });
  await access.users.enable(actor, ada.id);
  expect(access.directory.session(ada.id, sessionEpoch)).toBeNull();
  expect(access.directory.token(secret)).toBeNull();
  expect((await signIn(ada.email)).user.status).toBe("active");
});

/** A second ago, not now: the column rounds to milliseconds, up as well. */
const letLockEnd = (id: string) =>
  fixtures.database.db.pool.query(
    "UPDATE graft.users SET locked_until = now() - interval '1 second' WHERE id = $1",
    [id],
  );

test("the fifth wrong password locks the account, for the right password too, and the lock doubles", async () => {
  const ada = await addUser("Ada");
  for (let i = 0; i < 4; i++) {
    await expect(signIn(ada.email, "wrong")).rejects.toMatchObject({ code: "SIGN_IN_FAILED" });
  }
  const before = Date.now();
  const fifth = await signIn(ada.email, "wrong").catch((error) => error);
  expect(fifth.code).toBe("ACCOUNT_LOCKED");
  expect(Date.parse(fifth.details.until) - before).toBeGreaterThan(25_000);
  await expect(signIn(ada.email)).rejects.toMatchObject({ code: "ACCOUNT_LOCKED" });
  expect((await access.users.get(ada.id)).status).toBe("locked");
  expect(await actions()).toContain("user.locked");

  await letLockEnd(ada.id);
  const sixth = await signIn(ada.email, "wrong").catch((error) => error);
  expect(Date.parse(sixth.details.until) - Date.now()).toBeGreaterThan(55_000);

  await letLockEnd(ada.id);
  await signIn(ada.email);
  await expect(signIn(ada.email, "wrong")).rejects.toMatchObject({ code: "SIGN_IN_FAILED" });
});

test("guessing in parallel gets no more guesses than guessing in a row", async () => {
  const ada = await addUser("Ada");
  const guesses = await Promise.all(
    Array.from({ length: 20 }, (_, i) => signIn(ada.email, `guess ${i}`).catch((error) => error.code)),
  );
  expect(guesses.filter((code) => code === "SIGN_IN_FAILED")).toHaveLength(4);
  expect(guesses.filter((code) => code === "ACCOUNT_LOCKED")).toHaveLength(16);
});

test("an address without an account answers and locks as one with an account", async () => {
  const answers = async (email: string) => {
    const codes: string[] = [];
    for (let i = 0; i < 6; i++) codes.push(await signIn(email, "wrong").catch((error) => error.code));
    return codes;
  };
  const ada = await addUser("Ada");
  const [known, unknown] = await Promise.all([answers(ada.email), answers("nobody@example.org")]);
  expect(unknown).toEqual(known);
});

test("a network address that fails too often is refused whatever account it tries", async () => {
  const ip = "203.0.113.7";
  await Promise.all(
    Array.from({ length: 100 }, (_, i) => signIn(`u${i}@example.org`, "wrong", ip).catch(() => {})),
  );
  await expect(signIn("root@example.org", password, ip)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  expect((await signIn("root@example.org", password, "203.0.113.8")).user.id).toBe(root.id);
}, 20_000);

test("an invitation works once, of two at the same time for one", async () => {
  const { user, secret } = await access.users.invite(actor, {
    name: "Ada",
    email: "ada@example.org",
    role: "member",
    groups: [],
  });
  expect(user.status).toBe("invited");
  expect(await access.invites.peek(secret)).toMatchObject({ email: "ada@example.org", name: "Ada" });
  await expect(access.invites.accept({ secret, password: "short" })).rejects.toMatchObject({
    code: "PASSWORD_TOO_WEAK",
  });
  const results = await Promise.allSettled([
    access.invites.accept({ secret, password }),
    access.invites.accept({ secret, password: "another copper meadow" }),
  ]);
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  await expect(access.invites.peek(secret)).rejects.toMatchObject({ code: "INVITE_INVALID" });
  expect((await access.users.get(user.id)).status).toBe("active");
  const { rows } = await fixtures.database.db.pool.query(
    "SELECT * FROM graft.invites WHERE secret_hash = $1",
    [secret],
  );
  expect(rows).toEqual([]);
});

test("an invitation that expired, or was replaced, or whose user is disabled, is refused", async () => {
  const invite = (name: string) =>
    access.users.invite(actor, { name, email: `${name}@example.org`, role: "member", groups: [] });
  const expired = await invite("expired");
  await fixtures.database.db.pool.query("UPDATE graft.invites SET expires_at = now()");
  const replaced = await invite("replaced");
  const newer = await access.users.createPasswordLink(actor, replaced.user.id);
  const disabled = await invite("disabled");
  await access.users.disable(actor, disabled.user.id);
  for (const { secret } of [expired, replaced, disabled, { secret: "" }]) {
    await expect(access.invites.accept({ secret, password })).rejects.toMatchObject({
      code: "INVITE_INVALID",
    });
  }
  expect((await access.invites.accept({ secret: newer.secret, password })).name).toBe("replaced");
});

test("a password link ends the sessions that were open, and lifts a lock", async () => {
  const ada = await addUser("Ada");
  const { sessionEpoch } = await signIn(ada.email);
  for (let i = 0; i < 5; i++) await signIn(ada.email, "wrong").catch(() => {});
  const { secret } = await access.users.createPasswordLink(actor, ada.id);
  expect(access.directory.session(ada.id, sessionEpoch)).not.toBeNull();
  await access.invites.accept({ secret, password: "another copper meadow" });
  expect(access.directory.session(ada.id, sessionEpoch)).toBeNull();
  await expect(signIn(ada.email)).rejects.toMatchObject({ code: "SIGN_IN_FAILED" });
  expect((await signIn(ada.email, "another copper meadow")).user.id).toBe(ada.id);
});
