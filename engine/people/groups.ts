import { type GroupView, groupPatchInput, newGroupInput } from "../../contract/people.ts";
import { GraftError, type HostDb, type HostTx, parseInput } from "../core/index.ts";
import { auditIn } from "./audit.ts";
import { type Change, conflictAs } from "./change.ts";
import { actsAsAdministrator } from "./guards.ts";
import { keyFromName } from "./key-from-name.ts";
import { setMembership } from "./membership.ts";
import type { Access } from "./types.ts";
import { unknownGroup } from "./unknown-group.ts";
import { toUserView, withGroups } from "./user-view.ts";

const newGroup = newGroupInput.required({ key: true });
const withCount = { _count: { select: { memberships: true } } } as const;

export function createGroups({ db, change }: { db: HostDb; change: Change }): Access["groups"] {
  const beforeDelete: Parameters<Access["groups"]["onDelete"]>[0][] = [];

  return {
    async list() {
      const groups = await db.prisma.group.findMany({
        include: withCount,
        orderBy: [{ name: "asc" }, { id: "asc" }],
      });
      return groups.map(toGroupView);
    },

    async create(actor, input) {
      actsAsAdministrator(actor);
      const data = parseInput(
        newGroup,
        { ...input, key: input.key || keyFromName(input.name) },
        { what: "group" },
      );
      return change(async (tx) => {
        const group = await tx.group.create({ data, include: withCount });
        await auditIn(tx, actor, {
          action: "group.create",
          target: group.key,
          summary: `Created the group ${group.name}`,
        });
        return { result: toGroupView(group), touched: "*" };
      }).catch(conflictAs(`There is already a group ${data.key}.`, "Choose another key."));
    },

    async update(actor, key, input) {
      actsAsAdministrator(actor);
      const { members, ...data } = parseInput(groupPatchInput, input, { what: "change" });
      return change(async (tx) => {
        const before = await lockGroup(tx, key);
        const { joined, left } = await setMembers(tx, before.id, members);
        const group = await tx.group.update({ where: { key }, data, include: withCount });
        const parts = [
          ...(group.name === before.name ? [] : [`name from ${before.name}`]),
          ...(group.description === before.description ? [] : ["description"]),
          ...(joined.length === 0 ? [] : [`${joined.length} joined`]),
          ...(left.length === 0 ? [] : [`${left.length} left`]),
        ];
        await auditIn(tx, actor, {
          action: "group.update",
          target: key,
          summary: `Changed the group ${group.name}: ${parts.join("; ") || "nothing"}`,
          details: { joined, left },
        });
        return { result: toGroupView(group), touched: [...joined, ...left] };
      });
    },

    addMember: (actor, key, userId) =>
      change((tx) => setMembership(tx, actor, { key, userId, member: true })),
    removeMember: (actor, key, userId) =>
      change((tx) => setMembership(tx, actor, { key, userId, member: false })),

    async members(key) {
      const group = await db.prisma.group.findUnique({ where: { key }, select: { id: true } });
      if (group === null) throw unknownGroup(key);
      const users = await db.prisma.user.findMany({
        where: { memberships: { some: { groupId: group.id } } },
        orderBy: [{ name: "asc" }, { id: "asc" }],
        include: withGroups,
      });
      return users.map(toUserView);
    },

    async delete(actor, key) {
      actsAsAdministrator(actor);
      return change(async (tx) => {
        const group = await lockGroup(tx, key);
        for (const hook of beforeDelete) await hook(tx, key, actor);
        const { count } = await tx.membership.deleteMany({ where: { groupId: group.id } });
        await tx.group.delete({ where: { key } });
        await auditIn(tx, actor, {
          action: "group.delete",
          target: key,
          summary: `Deleted the group ${group.name} (${count} ${count === 1 ? "member" : "members"})`,
        });
        return { result: undefined, touched: "*" };
      });
    },

    onDelete(hook) {
      beforeDelete.push(hook);
    },
  };
}

async function lockGroup(tx: HostTx, key: string) {
  await tx.$executeRaw`SELECT 1 FROM graft.groups WHERE key = ${key} FOR UPDATE`;
  const group = await tx.group.findUnique({ where: { key } });
  if (group === null) throw unknownGroup(key);
  return group;
}

/** Makes `wanted` the members; undefined leaves them alone. @throws NOT_FOUND for unknown users */
async function setMembers(tx: HostTx, groupId: string, wanted: string[] | undefined) {
  if (wanted === undefined) return { joined: [], left: [] };
  const before = await tx.membership.findMany({ where: { groupId }, select: { userId: true } });
  const had = new Set(before.map((membership) => membership.userId));
  const want = new Set(wanted);
  const joined = [...want].filter((id) => !had.has(id));
  const left = [...had].filter((id) => !want.has(id));
  const found = await tx.user.count({ where: { id: { in: joined } } });
  if (found !== joined.length)
    throw new GraftError("NOT_FOUND", "One of these users does not exist any more.");
  await tx.membership.deleteMany({ where: { groupId, userId: { in: left } } });
  await tx.membership.createMany({ data: joined.map((userId) => ({ groupId, userId })) });
  return { joined, left };
}

function toGroupView(group: {
  id: string;
  key: string;
  name: string;
  description: string;
  _count: { memberships: number };
}): GroupView {
  const { id, key, name, description, _count } = group;
  return { id, key, name, description, members: _count.memberships };
}
