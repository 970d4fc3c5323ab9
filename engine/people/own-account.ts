import { GraftError, type HostDb } from "../core/index.ts";
import { auditIn } from "./audit.ts";
import type { Change } from "./change.ts";
import { endTokensAndLinks } from "./end-access.ts";
import { actsForSelf } from "./guards.ts";
import { checkPasswordStrength, hashPassword, verifyPassword } from "./password.ts";
import { countAttempt } from "./sign-in.sql.ts";
import type { Access } from "./types.ts";
import { lockUser, readUser } from "./user-view.ts";

/** What users do with their own account while they are signed in. */
export function createOwnAccount({ db, change }: { db: HostDb; change: Change }): Access["account"] {
  return {
    async changePassword(actor, id, { current, password }) {
      actsForSelf(actor, id);
      const user = await readUser(db.prisma, id);
      // Before the guess is counted: whoever is right about the current password must not be locked for a weak new one.
      await checkPasswordStrength(password, [user.email, user.name]);
      // Counted like a sign-in: a stolen session must not become a place to guess the password at leisure.
      const attempt = await countAttempt(db.pool, user.email);
      const until = attempt.refusedUntil ?? attempt.lockedUntil;
      if (attempt.refusedUntil !== null || !(await verifyPassword(attempt.passwordHash, current))) {
        throw until === null ? wrongPassword() : locked(until);
      }
      const passwordHash = await hashPassword(password);
      return change(async (tx) => {
        await tx.user.update({
          where: { id },
          data: { passwordHash, sessionEpoch: { increment: 1 }, failedSignIns: 0, lockedUntil: null },
        });
        // Who changes it because somebody knows it wants that one out.
        await endTokensAndLinks(tx, id);
        await auditIn(tx, actor, {
          action: "user.change-password",
          target: user.email,
          summary: `${user.name} changed their password`,
          details: { userId: id },
        });
        return { result: undefined, touched: [id] };
      });
    },

    async endSessions(actor, id) {
      actsForSelf(actor, id);
      return change(async (tx) => {
        const user = await lockUser(tx, id);
        await tx.user.update({ where: { id }, data: { sessionEpoch: { increment: 1 } } });
        await endTokensAndLinks(tx, id);
        await auditIn(tx, actor, {
          action: "user.end-sessions",
          target: user.email,
          summary: `Signed ${user.name} out everywhere`,
          details: { userId: id },
        });
        return { result: undefined, touched: [id] };
      });
    },
  };
}

function wrongPassword() {
  return new GraftError("INVALID_INPUT", "The current password is wrong.", {
    details: { fieldErrors: { current: ["this is not your current password"] } },
  });
}

function locked(until: Date) {
  return new GraftError("ACCOUNT_LOCKED", "Too many wrong passwords: this is locked for a while.", {
    hint: "Wait, or ask an administrator for a new password link.",
    retryable: true,
    details: { until: until.toISOString() },
  });
}
