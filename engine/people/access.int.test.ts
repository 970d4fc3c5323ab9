import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { UserView } from "../../contract/people.ts";
import { type Actor, systemActor } from "../core/index.ts";
import { auditIn } from "./index.ts";
import { type AccessFixture, createAccessFixtures } from "./testing/create-access-fixtures.ts";

const fixtures = await createAccessFixtures();
let { access, actor, root, addUser } = {} as AccessFixture;
afterAll(fixtures.close);
beforeEach(async () => {
  ({ access, actor, root, addUser } = await fixtures.fresh());
});

const actions = async () => (await access.audit.list()).items.map((entry) => entry.action);

test("the last administrator can be neither disabled, demoted nor deleted", async () => {
  await access.users.invite(actor, {
    name: "Later",
    email: "later@example.org",
    role: "administrator",
    groups: [],
  });
  for (const change of [
    () => access.users.disable(actor, root.id),
    () => access.users.delete(actor, root.id),
    () => access.users.update(actor, root.id, { role: "member" }),
  ]) {
    await expect(change()).rejects.toMatchObject({ code: "LAST_ADMINISTRATOR" });
  }
  expect(await access.users.get(root.id)).toMatchObject({ role: "administrator", status: "active" });
});

test("two administrators who demote each other at the same time leave one", async () => {
  const ada = await addUser("Ada", "administrator");
  const results = await Promise.allSettled([
    access.users.update(actor, ada.id, { role: "member" }),
    access.users.disable(actor, root.id),
  ]);
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(results.find((result) => result.status === "rejected")).toMatchObject({
    reason: { code: "LAST_ADMINISTRATOR" },
  });
});

test("only an administrator acts on others; a member may change their own name but not their role", async () => {
  const ada = await addUser("Ada");
  const member: Actor = { userId: ada.id, name: ada.name, role: "member", via: "user" };
  expect(
    (await access.users.update(member, ada.id, { name: "Ada L.", timeZone: "Europe/Vienna" })).name,
  ).toBe("Ada L.");
  expect(access.directory.identity(ada.id)).toMatchObject({ name: "Ada L.", timeZone: "Europe/Vienna" });
  const { token } = await access.tokens.create(actor, { userId: root.id, name: "mine" });
  for (const forbidden of [
    () => access.users.update(member, ada.id, { role: "administrator" }),
    () => access.users.update(member, ada.id, { groups: [] }),
    () => access.users.update(member, root.id, { name: "x" }),
    () => access.users.disable(member, root.id),
    () => access.groups.create(member, { name: "Mine" }),
    () => access.tokens.create(member, { userId: root.id, name: "x" }),
    () => access.tokens.revoke(member, token.id),
  ]) {
    await expect(forbidden()).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
});

test("groups: members come and go at once, and a deleted group leaves nobody in it", async () => {
  const ada = await addUser("Ada");
  const group = await access.groups.create(actor, { name: "Editorial Staff" });
  expect(group.key).toBe("editorial-staff");
  await expect(access.groups.create(actor, { name: "Editorial staff" })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  expect((await access.groups.update(actor, group.key, { members: [ada.id, root.id] })).members).toBe(2);
  expect(access.directory.identity(ada.id)?.groups).toEqual(["editorial-staff"]);
  await access.users.update(actor, root.id, { groups: [] });
  expect((await access.groups.members(group.key)).map((user) => user.name)).toEqual(["Ada"]);
  expect((await access.users.list({ group: group.key })).items.map((user) => user.name)).toEqual(["Ada"]);
  expect(access.directory.groupKeys()).toEqual(["editorial-staff"]);
  const hook = vi.fn();
  access.groups.onDelete(hook);
  await access.groups.delete(actor, group.key);
  expect(hook).toHaveBeenCalledWith(expect.anything(), "editorial-staff", actor);
  expect(access.directory.identity(ada.id)?.groups).toEqual([]);
  expect(access.directory.groupKeys()).toEqual([]);
});

test("people put into a group at the same time are all in it", async () => {
  const group = await access.groups.create(actor, { name: "Choir" });
  const singers = await Promise.all(["Bea", "Cy", "Dee"].map((name) => addUser(name)));
  await Promise.all(singers.map(({ id }) => access.groups.addMember(actor, group.key, id)));
  expect((await access.groups.members(group.key)).map(({ name }) => name)).toEqual(["Bea", "Cy", "Dee"]);
  const [bea, , dee] = singers as [UserView, UserView, UserView];
  const both = await Promise.all([
    access.groups.removeMember(actor, group.key, bea.id),
    access.groups.removeMember(actor, group.key, dee.id),
  ]);
  expect(both.map(({ groups }) => groups)).toEqual([[], []]);
  expect(access.directory.identity(bea.id)?.groups).toEqual([]);
  expect((await access.groups.members(group.key)).map(({ name }) => name)).toEqual(["Cy"]);
  const [entry] = (await access.audit.list({ target: "choir" })).items;
  expect(entry?.summary).toMatch(/^Changed the group Choir: (Bea|Dee) left$/);
  // Said twice it is done once.
  expect((await access.groups.addMember(actor, group.key, bea.id)).groups).toEqual(["choir"]);
  expect((await access.groups.addMember(actor, group.key, bea.id)).groups).toEqual(["choir"]);
  await expect(access.groups.addMember(actor, "none", bea.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await access.groups.delete(actor, group.key);
});

test("a change and its audit entry happen together or not at all", async () => {
  await expect(
    fixtures.database.db.prisma.$transaction(async (tx) => {
      await auditIn(tx, actor, { action: "test.fail", target: "x", summary: "x" });
      throw new Error("rolled back");
    }),
  ).rejects.toThrow("rolled back");
  await expect(
    access.users.invite(actor, { name: "A", email: "a@example.org", role: "member", groups: ["missing"] }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await actions()).toEqual(["host.set-up"]);
  const ada = await addUser("Ada");
  await access.users.disable(actor, ada.id);
  await access.users.enable(actor, ada.id);
  await access.users.delete(actor, ada.id);
  expect(await actions()).toEqual([
    "user.delete",
    "user.enable",
    "user.disable",
    "user.set-password",
    "user.invite",
    "host.set-up",
  ]);
  const [entry] = (await access.audit.list({ action: "user.disable" })).items;
  expect(entry).toMatchObject({
    actorId: root.id,
    actorName: "Root",
    via: "user",
    ip: "192.0.2.1",
    target: ada.email,
  });
});

test("the audit is searched and read in pages without gaps or repeats", async () => {
  for (let i = 0; i < 25; i++) {
    await access.audit.record(systemActor, { action: "test.page", target: `m${i}`, summary: `100% of ${i}` });
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await access.audit.list({ action: "test.", limit: 10, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map((entry) => entry.target));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `m${24 - i}`));
  expect((await access.audit.list({ query: "100% of 7" })).items.map((entry) => entry.target)).toEqual([
    "m7",
  ]);
  expect((await access.audit.list({ query: "1%0" })).items).toEqual([]);
  expect((await access.audit.list({ target: "m3" })).items).toHaveLength(1);
});

test("users are searched and read in pages by name", async () => {
  for (const name of ["Ada", "Bob", "Cyd"]) {
    await access.users.invite(actor, { name, email: `${name}@example.org`, role: "member", groups: [] });
  }
  const first = await access.users.list({ limit: 3 });
  expect(first.items.map((user) => user.name)).toEqual(["Ada", "Bob", "Cyd"]);
  const second = await access.users.list({ limit: 3, cursor: first.nextCursor ?? "" });
  expect(second.items.map((user) => user.name)).toEqual(["Root"]);
  expect(second.nextCursor).toBeNull();
  expect((await access.users.list({ query: "BOB@" })).items.map((user) => user.name)).toEqual(["Bob"]);
});

test("wrong input is refused with the fields that are wrong", async () => {
  const wrong = { name: " ", email: "nope", role: "member" as const, groups: [] };
  await expect(access.users.invite(actor, wrong)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    details: { fieldErrors: { name: expect.anything(), email: expect.anything() } },
  });
  await expect(access.users.update(actor, root.id, { timeZone: "Mars/Olympus" })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  });
  await expect(access.users.get("not-an-id")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await access.users.invite(actor, { ...wrong, name: "Ada", email: "ada@example.org" });
  await expect(
    access.users.invite(actor, { ...wrong, name: "Ada", email: "ADA@example.org" }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
});
