import type pg from "pg";
import { isColumn, notNullsOf, readColumn } from "./columns.ts";
import type { Line } from "./compare-structures.ts";
import { countRows, type Obstacle, rowsThat, shortName } from "./obstacle.ts";
import { presentNames, type Versions } from "./rows-as-then.ts";
import { ruleObstacle } from "./rule-obstacles.ts";
import type { Rule } from "./rules.sql.ts";
import { whyNotConverted } from "./values.ts";

export function findObstacles(versions: Versions, rules: readonly Rule[]): Obstacle[] {
  const { named, target } = versions;
  const returns = ({ id }: Rule) => named.get(id)?.sql !== target.get(id)?.sql;
  return [
    ...[...target.values()].filter(isColumn).flatMap((line) => columnObstacles(versions, line)),
    ...rules.filter(returns).flatMap((rule) => ruleObstacle(versions, rule) ?? []),
  ];
}

function columnObstacles(versions: Versions, line: Line): Obstacle[] {
  const { now, named, target, usings } = versions;
  const present = presentNames(now);
  const column = readColumn(line);
  const table = named.get(`table ${column.table}`);
  if (!table || column.generated) return [];
  const name = shortName(line.object.name);
  const rows = present(table);
  const standing = named.get(line.id);
  if (!standing) {
    const isFilled = target.has(`2604 ${line.object.name}`) || column.identity !== "";
    if (isFilled || !mayNotBeEmpty(line, target)) return [];
    const why = `the column ${name} comes back, which may not be empty`;
    return [
      {
        reason: (n) => `${why}, and ${rowsThat(n, "have", "has")} nothing to put there`,
        countSql: countRows(rows),
      },
    ];
  }
  const own = present(standing).slice(rows.length + 1);
  const obstacles: Obstacle[] = [];
  const isStricter = mayNotBeEmpty(line, target) && !mayNotBeEmpty(standing, named);
  if (isStricter)
    obstacles.push({
      reason: (n) =>
        `${rowsThat(n, "have", "has")} nothing in ${name}, which may not be empty in the older version`,
      countSql: `${countRows(rows)} WHERE ${own} IS NULL`,
    });
  if (!usings.has(line.id)) return obstacles;
  const from = readColumn(standing).type;
  const unfit = whyNotConverted({ versions, from, to: column.type, column: own });
  if (unfit)
    obstacles.push({
      reason: (n) => `${rowsThat(n, "hold")} ${unfit.what} in ${name}`,
      countSql: `${countRows(rows)} WHERE ${unfit.condition}`,
    });
  return obstacles;
}

function mayNotBeEmpty(line: Line, lines: Map<string, Line>): boolean {
  const { table, name, notNull } = readColumn(line);
  return notNull || notNullsOf(lines, table).some(({ column }) => column === name);
}

/** On the owner's connection, in a transaction. Why rows as they are cannot go back; null where nothing stands against it. */
export async function countObstacles(
  client: pg.Client,
  obstacles: readonly Obstacle[],
): Promise<string | null> {
  const reasons: string[] = [];
  // What checks call may need the path that the module's own sessions have.
  await client.query("SET LOCAL search_path TO DEFAULT");
  for (const { reason, countSql } of obstacles) {
    await client.query("SAVEPOINT graft_count");
    try {
      const { rows } = await client.query<{ rows: string }>(countSql);
      const found = Number(rows[0]?.rows ?? 0);
      if (found > 0) reasons.push(reason(found));
    } catch (error) {
      await client.query("ROLLBACK TO SAVEPOINT graft_count");
      // It asks with what only the older version has, as a function: then the way itself must show it, and changes nothing if not.
      if (!/^42/.test((error as { code?: string }).code ?? ""))
        reasons.push(`its rows cannot be asked: ${(error as Error).message}`);
    }
  }
  return reasons.length > 0 ? reasons.join("; ") : null;
}
