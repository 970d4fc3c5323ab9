import { newUserInput, type UserQuery, type UserView, userPatchInput } from "../../contract/people.ts";
import { GraftError, type HostDb, type Prisma, parseInput } from "../core/index.ts";
import { auditIn } from "./audit.ts";
import { type Change, conflictAs } from "./change.ts";
import { actsAsAdministrator, actsForSelf, keepAnAdministrator } from "./guards.ts";
import { decodeNameCursor, encodeNameCursor, escapeLike, pageSize } from "./paging.ts";
import { issuePasswordLink } from "./password-link.ts";
import type { Access } from "./types.ts";
import { groupIds, lockUser, readUser, toUserView, withGroups } from "./user-view.ts";

export function createUsers({ db, change }: { db: HostDb; change: Change }): Access["users"] {
  return {
    list: (query) => listUsers(db, query),
    get: async (id) => toUserView(await readUser(db.prisma, id)),

    async invite(actor, input) {
      actsAsAdministrator(actor);
      const { groups, ...data } = parseInput(newUserInput, input, { what: "user" });
      return change(async (tx) => {
        const memberOf = (await groupIds(tx, groups)).map((groupId) => ({ groupId }));
        const user = await tx.user.create({
          data: { ...data, memberships: { create: memberOf } },
          include: withGroups,
        });
        const link = await issuePasswordLink(tx, user.id);
        await auditIn(tx, actor, {
          action: "user.invite",
          target: user.email,
          summary: `Invited ${user.name} as ${user.role}`,
          details: { userId: user.id, role: user.role, groups },
        });
        return { result: { user: toUserView(user), ...link }, touched: [user.id] };
      }).catch(
        conflictAs(
          `There is already a user with the address ${data.email}.`,
          "Open that user; a new password link can be made there.",
        ),
      );
    },

    async createPasswordLink(actor, id) {
      actsAsAdministrator(actor);
      return change(async (tx) => {
        const user = await lockUser(tx, id);
        if (user.disabledAt !== null) {
          throw new GraftError("CONFLICT", `${user.name} is disabled.`, { hint: "Enable the user first." });
        }
        const link = await issuePasswordLink(tx, id);
        await auditIn(tx, actor, {
          action: "user.password-link",
          target: user.email,
          summary: `Made a password link for ${user.name}`,
          details: { userId: id, expiresAt: link.expiresAt },
        });
        return { result: link, touched: [] };
      });
    },

    async update(actor, id, input) {
      actsForSelf(actor, id);
      const patch = parseInput(userPatchInput, input, { what: "change" });
      if (patch.role !== undefined || patch.groups !== undefined) actsAsAdministrator(actor);
      return change(async (tx) => {
        if (patch.role !== undefined && patch.role !== "administrator") await keepAnAdministrator(tx, id);
        const before = toUserView(await lockUser(tx, id));
        const after = toUserView(
          await tx.user.update({ where: { id }, data: await updateOf(patch), include: withGroups }),
        );
        await auditIn(tx, actor, {
          action: "user.update",
          target: after.email,
          summary: `Changed ${after.name}: ${describeChanges(before, after, patch)}`,
          details: { userId: id, before: pick(before), after: pick(after) },
        });
        return { result: after, touched: [id] };

        async function updateOf({ groups, ...data }: typeof patch): Promise<Prisma.UserUpdateInput> {
          if (groups === undefined) return data;
          const create = (await groupIds(tx, groups)).map((groupId) => ({ groupId }));
          return { ...data, memberships: { deleteMany: {}, create } };
        }
      });
    },

    async disable(actor, id) {
      actsAsAdministrator(actor);
      return change(async (tx) => {
        await keepAnAdministrator(tx, id);
        await lockUser(tx, id);
        const now = new Date();
        await tx.apiToken.updateMany({ where: { userId: id, revokedAt: null }, data: { revokedAt: now } });
        await tx.invite.deleteMany({ where: { userId: id, usedAt: null } });
        const user = await tx.user.update({
          where: { id },
          data: { disabledAt: now, sessionEpoch: { increment: 1 } },
          include: withGroups,
        });
        await auditIn(tx, actor, audited("user.disable", `Disabled ${user.name}`, user));
        return { result: toUserView(user), touched: [id] };
      });
    },

    async enable(actor, id) {
      actsAsAdministrator(actor);
      return change(async (tx) => {
        await lockUser(tx, id);
        const user = await tx.user.update({
          where: { id },
          data: { disabledAt: null, failedSignIns: 0, lockedUntil: null },
          include: withGroups,
        });
        await auditIn(tx, actor, audited("user.enable", `Enabled ${user.name}`, user));
        return { result: toUserView(user), touched: [id] };
      });
    },

    async delete(actor, id) {
      actsAsAdministrator(actor);
      return change(async (tx) => {
        await keepAnAdministrator(tx, id);
        const user = await lockUser(tx, id);
        await tx.user.delete({ where: { id } });
        await auditIn(tx, actor, audited("user.delete", `Deleted ${user.name}`, user));
        return { result: undefined, touched: [id] };
      });
    },
  };
}

async function listUsers(db: HostDb, query: UserQuery = {}) {
  const take = pageSize(query.limit);
  const conditions: Prisma.UserWhereInput[] = [];
  if (query.group) conditions.push({ memberships: { some: { group: { key: query.group } } } });
  if (query.query) {
    const contains = { contains: escapeLike(query.query.trim()), mode: "insensitive" as const };
    conditions.push({ OR: [{ name: contains }, { email: contains }] });
  }
  const after = decodeNameCursor(query.cursor);
  if (after !== null) {
    conditions.push({ OR: [{ name: { gt: after.name } }, { name: after.name, id: { gt: after.id } }] });
  }
  const rows = await db.prisma.user.findMany({
    where: { AND: conditions },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: take + 1,
    include: withGroups,
  });
  const items = rows.slice(0, take).map(toUserView);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > take && last !== undefined ? encodeNameCursor(last) : null };
}

function audited(action: string, summary: string, user: { id: string; email: string }) {
  return { action, target: user.email, summary, details: { userId: user.id } };
}

function pick({ name, role, groups }: UserView) {
  return { name, role, groups };
}

function describeChanges(before: UserView, after: UserView, patch: object): string {
  const parts: string[] = [];
  if (before.name !== after.name) parts.push(`name from ${before.name}`);
  if (before.role !== after.role) parts.push(`role from ${before.role} to ${after.role}`);
  const joined = after.groups.filter((group) => !before.groups.includes(group));
  const left = before.groups.filter((group) => !after.groups.includes(group));
  if (joined.length > 0) parts.push(`joined ${joined.join(", ")}`);
  if (left.length > 0) parts.push(`left ${left.join(", ")}`);
  if ("locale" in patch) parts.push("language");
  if ("timeZone" in patch) parts.push("time zone");
  return parts.join("; ") || "nothing";
}
