import { type Actor, GraftError, type HostTx } from "../core/index.ts";

/**
 * Refuses to take the last administrator who can sign in. Call it before the change, inside its transaction: the
 * rows stay locked until commit, so that two administrators cannot demote each other at the same time.
 * @throws LAST_ADMINISTRATOR
 */
export async function keepAnAdministrator(tx: HostTx, leavingId: string): Promise<void> {
  const administrators = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM graft.users
     WHERE role = 'administrator' AND disabled_at IS NULL AND password_hash IS NOT NULL
     ORDER BY id FOR UPDATE`;
  if (administrators.length === 1 && administrators[0]?.id === leavingId) {
    throw new GraftError("LAST_ADMINISTRATOR", "This is the last administrator who can sign in.", {
      hint: "Make another user administrator first.",
    });
  }
}

/** Behind the check at the web boundary: only administrators act on others. @throws FORBIDDEN */
export function actsForSelf(actor: Actor, userId: string): void {
  if (actor.role === "administrator" || actor.userId === userId) return;
  throw new GraftError("FORBIDDEN", "Only an administrator may do this for another user.");
}

/** @throws FORBIDDEN */
export function actsAsAdministrator(actor: Actor): void {
  if (actor.role === "administrator") return;
  throw new GraftError("FORBIDDEN", "This needs the role administrator.");
}
