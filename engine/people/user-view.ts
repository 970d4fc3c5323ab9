import type { UserView } from "../../contract/people.ts";
import { GraftError, type HostClient, type HostTx, isUuid, type Prisma, type Role } from "../core/index.ts";

export const withGroups = {
  memberships: { select: { group: { select: { key: true } } } },
} as const satisfies Prisma.UserInclude;

export type UserRecord = Prisma.UserGetPayload<{ include: typeof withGroups }>;

export function toUserView(user: UserRecord): UserView {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role as Role,
    status: statusOf(user),
    groups: user.memberships.map((membership) => membership.group.key).sort(),
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
  };
}

function statusOf(user: UserRecord): UserView["status"] {
  if (user.disabledAt !== null) return "disabled";
  if (user.passwordHash === null) return "invited";
  return user.lockedUntil !== null && user.lockedUntil > new Date() ? "locked" : "active";
}

/** @throws NOT_FOUND */
export async function readUser(tx: HostTx | HostClient, id: string): Promise<UserRecord> {
  const user = isUuid(id) ? await tx.user.findUnique({ where: { id }, include: withGroups }) : null;
  if (user === null)
    throw new GraftError("NOT_FOUND", "This user does not exist.", { details: { user: id } });
  return user;
}

/** The user, locked against other changes until the transaction ends. @throws NOT_FOUND */
export async function lockUser(tx: HostTx, id: string): Promise<UserRecord> {
  if (isUuid(id)) await tx.$executeRaw`SELECT 1 FROM graft.users WHERE id = ${id}::uuid FOR UPDATE`;
  return readUser(tx, id);
}

/** Ids of the groups with these keys. @throws NOT_FOUND naming those that do not exist */
export async function groupIds(tx: HostTx, keys: string[]): Promise<string[]> {
  const wanted = [...new Set(keys)];
  const found = await tx.group.findMany({ where: { key: { in: wanted } }, select: { id: true, key: true } });
  const missing = wanted.filter((key) => !found.some((group) => group.key === key));
  if (missing.length > 0) {
    throw new GraftError("NOT_FOUND", `There is no group ${missing.join(", ")}.`, { details: { missing } });
  }
  return found.map((group) => group.id);
}
