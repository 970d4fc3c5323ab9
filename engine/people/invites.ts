import { invitePasswordInput } from "../../contract/people.ts";
import { type Actor, GraftError, type HostDb, parseInput } from "../core/index.ts";
import { auditIn } from "./audit.ts";
import type { Change } from "./change.ts";
import { hashSecret } from "./directory.ts";
import { endTokensAndLinks } from "./end-access.ts";
import { checkPasswordStrength, hashPassword } from "./password.ts";
import type { Access } from "./types.ts";
import { toUserView, withGroups } from "./user-view.ts";

export function createInvites({ db, change }: { db: HostDb; change: Change }): Access["invites"] {
  async function peek(secret: string) {
    const invite = await db.prisma.invite.findFirst({
      where: {
        secretHash: hashSecret(secret),
        usedAt: null,
        expiresAt: { gt: new Date() },
        user: { disabledAt: null },
      },
      include: { user: { select: { email: true, name: true } } },
    });
    if (invite === null) throw invalid();
    return { email: invite.user.email, name: invite.user.name, expiresAt: invite.expiresAt.toISOString() };
  }

  return {
    peek,
    async accept({ secret, password, ip, ...input }) {
      // First of all: nobody makes this host hash passwords without a link.
      const known = await peek(secret);
      const name =
        input.name === undefined
          ? known.name
          : parseInput(invitePasswordInput.shape.name.unwrap(), input.name, { what: "name" });
      await checkPasswordStrength(password, [known.email, name]);
      const passwordHash = await hashPassword(password);
      return change(async (tx) => {
        // One statement decides who uses the link: of two at the same time the second finds it used.
        const [used] = await tx.$queryRaw<{ userId: string }[]>`
          UPDATE graft.invites SET used_at = now()
           WHERE secret_hash = ${hashSecret(secret)} AND used_at IS NULL AND expires_at > now()
             AND user_id IN (SELECT id FROM graft.users WHERE disabled_at IS NULL)
          RETURNING user_id::text AS "userId"`;
        if (used === undefined) throw invalid();
        const user = await tx.user.update({
          where: { id: used.userId },
          data: { name, passwordHash, sessionEpoch: { increment: 1 }, failedSignIns: 0, lockedUntil: null },
          include: withGroups,
        });
        await endTokensAndLinks(tx, user.id);
        const view = toUserView(user);
        const actor: Actor = {
          userId: view.id,
          name: view.name,
          role: view.role,
          via: "user",
          ...(ip ? { ip } : {}),
        };
        await auditIn(tx, actor, {
          action: "user.set-password",
          target: view.email,
          summary: `${view.name} set a password with a link`,
          details: { userId: view.id },
        });
        return { result: view, touched: [view.id] };
      });
    },
  };
}

function invalid() {
  return new GraftError(
    "INVITE_INVALID",
    "This link has been used, has expired or was replaced by a newer one.",
    {
      hint: "Ask an administrator of this host for a new link.",
    },
  );
}
