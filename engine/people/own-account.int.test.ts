import { afterAll, beforeEach, expect, test } from "vitest";
import type { Actor } from "../core/index.ts";
import {
  type AccessFixture,
  createAccessFixtures,
  testPassword as password,
} from "./testing/create-access-fixtures.ts";

const fresh = "copper meadow satellite";
const email = "root@example.org";
const fixtures = await createAccessFixtures();
let { access, actor } = {} as AccessFixture;
let id: string;
afterAll(fixtures.close);
beforeEach(async () => {
  ({
    access,
    actor,
    root: { id },
  } = await fixtures.fresh());
});

const epoch = async (given: string) => (await access.signIn.verify({ email, password: given })).sessionEpoch;

test("a changed password replaces the old one and ends every session", async () => {
  const before = await epoch(password);
  await access.account.changePassword(actor, id, { current: password, password: fresh });
  expect(access.directory.session(id, before)).toBeNull();
  await expect(epoch(password)).rejects.toMatchObject({ code: "SIGN_IN_FAILED" });
  expect(access.directory.session(id, await epoch(fresh))).not.toBeNull();
});

test.each<[string, () => Promise<unknown>]>([
  [
    "a changed password",
    () => access.account.changePassword(actor, id, { current: password, password: fresh }),
  ],
  ["signing out everywhere", () => access.account.endSessions(actor, id)],
  [
    "a password set by a link",
    async () => {
      const { secret } = await access.users.createPasswordLink(actor, id);
      return access.invites.accept({ secret, password: fresh });
    },
  ],
])("%s ends tokens, and links that lie about", async (_, end) => {
  const { secret } = await access.tokens.create(actor, { name: "script", userId: id });
  const link = await access.users.createPasswordLink(actor, id);
  expect(access.directory.token(secret)).not.toBeNull();
  await end();
  expect(access.directory.token(secret)).toBeNull();
  await expect(access.invites.peek(link.secret)).rejects.toMatchObject({ code: "INVITE_INVALID" });
});

test("a token ends with the one that it was made with, and those that it has made", async () => {
  const make = (by: Partial<Actor>) =>
    access.tokens.create({ ...actor, ...by }, { name: "script", userId: id });
  const first = await make({});
  const other = await make({});
  const child = await make({ via: "token", tokenId: first.token.id });
  const grandchild = await make({ via: "token", tokenId: child.token.id });
  await access.tokens.revoke(actor, first.token.id);
  const good = [first, child, grandchild, other].map(({ secret }) => access.directory.token(secret) !== null);
  expect(good).toEqual([false, false, false, true]);
});

test("a wrong current password changes nothing, names the field, and locks after five", async () => {
  const before = await epoch(password);
  const attempt = () => access.account.changePassword(actor, id, { current: "wrong", password: fresh });
  for (let i = 0; i < 4; i += 1) {
    await expect(attempt()).rejects.toMatchObject({
      code: "INVALID_INPUT",
      details: { fieldErrors: { current: [expect.any(String)] } },
    });
  }
  await expect(attempt()).rejects.toMatchObject({ code: "ACCOUNT_LOCKED" });
  const right = access.account.changePassword(actor, id, { current: password, password: fresh });
  await expect(right).rejects.toMatchObject({ code: "ACCOUNT_LOCKED" });
  expect(access.directory.session(id, before)).not.toBeNull();
});

test("a weak new password is refused", async () => {
  const weak = access.account.changePassword(actor, id, { current: password, password: "password12" });
  await expect(weak).rejects.toMatchObject({ code: "PASSWORD_TOO_WEAK" });
  await expect(epoch(password)).resolves.toEqual(expect.any(Number));
});

test("signing out everywhere ends sessions", async () => {
  const before = await epoch(password);
  await access.account.endSessions(actor, id);
  expect(access.directory.session(id, before)).toBeNull();
});

test("nobody but an administrator touches another's account", async () => {
  const member: Actor = { userId: crypto.randomUUID(), name: "Mallory", role: "member", via: "user" };
  await expect(access.account.endSessions(member, id)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(
    access.account.changePassword(member, id, { current: password, password: fresh }),
  ).rejects.toMatchObject({ code: "FORBIDDEN" });
});
