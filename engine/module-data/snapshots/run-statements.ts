import type pg from "pg";
import { isConnectionError } from "../connections/connection-errors.ts";
import { rebuildTable } from "./rebuild-table.ts";
import type { SearchPaths } from "./search-paths.ts";
import type { Statement } from "./structure/types.ts";

const perQuery = 100;

/** Where statements run, and what came of those that rows stood against. */
export interface Restoring {
  client: pg.Client;
  paths: SearchPaths;
  /** What stands otherwise than it did, by name: constraints as NOT VALID, and what could not be made at all. */
  notValid: string[];
}

/**
 * Many at a time. Where one of them fails, one at a time: a constraint, an index or a view in the way it says, anything
 * else once more after the others, since what pg_depend does not see may have to come first.
 * @throws PostgreSQL's error of the first that fails to the end
 */
export async function runStatements(restoring: Restoring, statements: Statement[]): Promise<void> {
  let failed: Failed[] = [];
  for (let i = 0; i < statements.length; i += perQuery) {
    const batch = statements.slice(i, i + perQuery);
    if (!failed.some(isOnDomain) && (await succeeds(restoring.client, batch))) continue;
    failed.push(...(await runEach(restoring, batch, { failed })));
  }
  while (failed.length > 0) {
    const again = await runEach(
      restoring,
      failed.map(({ statement }) => statement),
      { failed: [], last: true },
    );
    if (again.length === failed.length) throw again[0]?.error;
    failed = again;
  }
}

interface Failed {
  statement: Statement;
  error: unknown;
}

/** A domain takes no check any more when a table has columns over it: what uses the domain waits for its checks. */
const isOnDomain = ({ statement }: Failed) => statement.sql.startsWith("ALTER DOMAIN ") && statement.on;

async function runEach(
  restoring: Restoring,
  statements: Statement[],
  { failed: before, last = false }: { failed: Failed[]; last?: boolean },
): Promise<Failed[]> {
  const failed: Failed[] = [];
  for (const statement of statements) {
    const waitsFor = [...before, ...failed].find(
      (other) => isOnDomain(other) && statement.sql.includes(other.statement.on ?? ""),
    );
    const error = waitsFor?.error ?? (await tryStatement(restoring, statement, last));
    if (error) failed.push({ statement, error });
  }
  return failed;
}

async function succeeds(client: pg.Client, statements: Statement[]): Promise<boolean> {
  try {
    await client.query(statements.map(({ sql }) => sql).join(";\n"));
    return true;
  } catch (error) {
    if (isConnectionError(error)) throw error;
    return false;
  }
}

/** @returns why it failed; null when it stands, or stands as it can */
async function tryStatement(restoring: Restoring, statement: Statement, last: boolean): Promise<unknown> {
  const { client, paths } = restoring;
  const error = await attempt(client, statement.sql);
  if (!error) return null;
  // What was made under another path may call what is not on the database's own.
  const elsewhere = await paths.widely(() => attempt(client, statement.sql));
  if (!elsewhere) return null;
  if (statement.otherwise === "rebuild" && statement.on) return rebuild(restoring, statement, error);
  if (!last) return error;
  if (statement.otherwise === "not valid") {
    await leaveUnchecked(restoring, statement);
    return null;
  }
  if (statement.otherwise === "do without") {
    restoring.notValid.push(leftOut(statement, error));
    return null;
  }
  return error;
}

export async function attempt(client: pg.Client, sql: string): Promise<unknown> {
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    if (isConnectionError(error)) throw error;
    return error;
  }
}

/** For rows to come. PostgreSQL before 18 has no such foreign keys on partitioned tables. */
export async function leaveUnchecked(
  { client, notValid }: Restoring,
  { sql, name }: Statement,
): Promise<void> {
  const error = await attempt(client, `${sql} NOT VALID`);
  notValid.push(error ? leftOut({ name }, error) : name);
}

async function rebuild(restoring: Restoring, statement: Statement, error: unknown): Promise<unknown> {
  const { client, paths } = restoring;
  const build = async () => {
    try {
      await rebuildTable(client, statement.on ?? "", statement.sql);
      return null;
    } catch (failure) {
      if (isConnectionError(failure)) throw failure;
      await client.query("ROLLBACK");
      return failure;
    }
  };
  if (!(await build()) || !(await paths.widely(build))) return null;
  restoring.notValid.push(leftOut(statement, error));
  return null;
}

const leftOut = ({ name }: { name: string }, error: unknown) =>
  `${name} (left out: ${(error as Error).message})`;
