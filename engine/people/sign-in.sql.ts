import type pg from "pg";
import { failuresFree, lockMs } from "./lock-out.ts";

export interface Attempt {
  /** Null: no such account, or it may not sign in. */
  id: string | null;
  passwordHash: string | null;
  /** Set when this attempt, unless it succeeds, locks the account. */
  lockedUntil: Date | null;
  /** Set when the account was locked already; then nothing was counted. */
  refusedUntil: Date | null;
}

/**
 * Counts the attempt as a failure before the password is looked at; success takes it back. So a hundred guesses at
 * once get no further than a hundred in a row.
 */
export async function countAttempt(pool: pg.Pool, email: string): Promise<Attempt> {
  const { rows } = await pool.query<Omit<Attempt, "refusedUntil">>(
    `UPDATE graft.users
        SET failed_sign_ins = failed_sign_ins + 1,
            locked_until = CASE WHEN failed_sign_ins >= $2
              THEN now() + least($3 * power(2, least(failed_sign_ins - $2, 20)), $4) * interval '1 millisecond' END
      WHERE email = $1 AND disabled_at IS NULL AND password_hash IS NOT NULL
        AND (locked_until IS NULL OR locked_until <= now())
     RETURNING id::text, password_hash AS "passwordHash", locked_until AS "lockedUntil"`,
    [email, failuresFree, lockMs(failuresFree + 1), lockMs(Number.MAX_SAFE_INTEGER)],
  );
  if (rows[0] !== undefined) return { ...rows[0], refusedUntil: null };
  // A statement of its own: one that had waited for another attempt would still see the account as it was before.
  const found = await pool.query<{ until: Date | null; free: boolean }>(
    `SELECT CASE WHEN locked_until > now() THEN locked_until END AS until,
            password_hash IS NOT NULL AND (locked_until IS NULL OR locked_until <= now()) AS free
       FROM graft.users WHERE email = $1 AND disabled_at IS NULL`,
    [email],
  );
  // The lock ended between the two statements.
  if (found.rows[0]?.free) return countAttempt(pool, email);
  return { id: null, passwordHash: null, lockedUntil: null, refusedUntil: found.rows[0]?.until ?? null };
}
