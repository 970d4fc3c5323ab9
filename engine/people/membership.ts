import type { Actor, HostTx } from "../core/index.ts";
import { auditIn } from "./audit.ts";
import type { Changed } from "./change.ts";
import { actsAsAdministrator } from "./guards.ts";
import { unknownGroup } from "./unknown-group.ts";
import { readUser, toUserView } from "./user-view.ts";

/**
 * Puts one user into a group, or takes them out; nothing where it is so already. Others' memberships are not
 * written, so that two such changes at once both count.
 * @throws NOT_FOUND for an unknown group or user
 */
export async function setMembership(
  tx: HostTx,
  actor: Actor,
  change: { key: string; userId: string; member: boolean },
): Promise<Changed<ReturnType<typeof toUserView>>> {
  actsAsAdministrator(actor);
  const { key, userId, member } = change;
  await readUser(tx, userId);
  // Neither can be deleted until the end. Weaker than the locks of other changes, so that none waits in a circle.
  await tx.$executeRaw`SELECT 1 FROM graft.users WHERE id = ${userId}::uuid FOR KEY SHARE`;
  await tx.$executeRaw`SELECT 1 FROM graft.groups WHERE key = ${key} FOR KEY SHARE`;
  const group = await tx.group.findUnique({ where: { key } });
  if (group === null) throw unknownGroup(key);
  const row = { groupId: group.id, userId };
  const { count } = member
    ? await tx.membership.createMany({ data: [row], skipDuplicates: true })
    : await tx.membership.deleteMany({ where: row });
  const user = toUserView(await readUser(tx, userId));
  if (count === 0) return { result: user, touched: [] };
  await auditIn(tx, actor, {
    action: "group.update",
    target: key,
    summary: `Changed the group ${group.name}: ${user.name} ${member ? "joined" : "left"}`,
    details: { joined: member ? [userId] : [], left: member ? [] : [userId] },
  });
  return { result: user, touched: [userId] };
}
