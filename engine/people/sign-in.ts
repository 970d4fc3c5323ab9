import { setTimeout as sleep } from "node:timers/promises";
import { type Actor, GraftError, type HostDb, isGraftError, systemActor } from "../core/index.ts";
import { auditIn } from "./audit.ts";
import type { LiveDirectory } from "./directory.ts";
import { createAddressLimit, createUnknownAccounts } from "./lock-out.ts";
import { verifyPassword } from "./password.ts";
import { type Attempt, countAttempt } from "./sign-in.sql.ts";
import type { Access } from "./types.ts";
import { toUserView, withGroups } from "./user-view.ts";

// Longer than any failure takes by itself, so that its time does not tell which kind it was.
const failureTakesMs = 300;

export function createSignIn(deps: { db: HostDb; directory: LiveDirectory }): Access["signIn"] {
  const { db, directory } = deps;
  const unknownAccounts = createUnknownAccounts();
  const addresses = createAddressLimit();

  async function attempt(input: { email: string; password: string; ip?: string }) {
    const email = input.email.trim().toLowerCase().slice(0, 254);
    const counted = await countAttempt(db.pool, email);
    if (counted.refusedUntil !== null) throw locked(counted.refusedUntil);
    if (counted.id === null) {
      const waitMs = unknownAccounts.waitMs(email);
      if (waitMs > 0) throw locked(new Date(Date.now() + waitMs));
    }
    if (await verifyPassword(counted.passwordHash, input.password)) return succeed(counted, input.ip);
    if (counted.id === null) {
      const lockedMs = unknownAccounts.fail(email);
      throw lockedMs > 0 ? locked(new Date(Date.now() + lockedMs)) : failed();
    }
    if (counted.lockedUntil === null) throw failed();
    await recordLock(email, counted, input.ip);
    throw locked(counted.lockedUntil);
  }

  async function succeed({ id }: Attempt, ip: string | undefined) {
    const user = await db.prisma.$transaction(async (tx) => {
      const row = await tx.user.update({
        // Disabled while the password was being checked: then there is no such user.
        where: { id: id ?? "", disabledAt: null },
        data: { failedSignIns: 0, lockedUntil: null, lastSignInAt: new Date() },
        include: withGroups,
      });
      const view = toUserView(row);
      const actor: Actor = {
        userId: row.id,
        name: row.name,
        role: view.role,
        via: "user",
        ...(ip ? { ip } : {}),
      };
      await auditIn(tx, actor, {
        action: "user.sign-in",
        target: row.email,
        summary: `${row.name} signed in`,
      });
      return { view, sessionEpoch: row.sessionEpoch };
    });
    // Another host may have created the user a moment ago.
    if (directory.session(user.view.id, user.sessionEpoch) === null) await directory.reload([user.view.id]);
    return { user: user.view, sessionEpoch: user.sessionEpoch };
  }

  async function recordLock(email: string, { id, lockedUntil }: Attempt, ip: string | undefined) {
    await auditIn(
      db.prisma,
      { ...systemActor, ...(ip ? { ip } : {}) },
      {
        action: "user.locked",
        target: email,
        summary: `Locked ${email} after wrong passwords`,
        details: { userId: id, until: lockedUntil?.toISOString() ?? null },
      },
    );
  }

  return {
    async verify(input) {
      const address = input.ip ?? "";
      const waitMs = addresses.waitMs(address);
      if (waitMs > 0) throw tooMany(waitMs);
      const floor = sleep(failureTakesMs);
      try {
        return await attempt(input);
      } catch (error) {
        const answer = isGone(error) ? failed() : error;
        // Not for what is nobody's guess, such as a database that is away.
        if (isGraftError(answer)) addresses.fail(address);
        await floor;
        throw answer;
      }
    },
  };
}

function failed() {
  return new GraftError("SIGN_IN_FAILED", "E-mail address or password is wrong.", {
    hint: "After several wrong passwords an account is locked for a while. An administrator can make a new password link.",
  });
}

function locked(until: Date) {
  return new GraftError("ACCOUNT_LOCKED", "Too many wrong passwords: signing in is locked for a while.", {
    hint: "Wait until the time shown, or ask an administrator for a new password link.",
    retryable: true,
    details: { until: until.toISOString() },
  });
}

function tooMany(waitMs: number) {
  return new GraftError("RATE_LIMITED", "Too many failed sign-ins from this network address.", {
    hint: "Try again later.",
    retryable: true,
    details: { until: new Date(Date.now() + waitMs).toISOString() },
  });
}

/** Prisma's word for "no such row" in an update. */
function isGone(error: unknown) {
  return (error as { code?: unknown } | null)?.code === "P2025";
}
