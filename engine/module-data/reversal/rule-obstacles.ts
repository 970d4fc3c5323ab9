import { countRows, type Obstacle, rowsThat, shortName } from "./obstacle.ts";
import { rowsAsThen, type Versions } from "./rows-as-then.ts";
import type { Rule } from "./rules.sql.ts";

const all = (conditions: string[]) => conditions.map((one) => `(${one})`).join(" AND ") || "true";

/** Null where its table comes back itself, and so without rows. */
export function ruleObstacle(versions: Versions, rule: Rule): Obstacle | null {
  const rows = rowsAsThen(versions, rule.table);
  if (rows === null) return null;
  const comesBack = `${rule.name} of ${shortName(rule.table)}, which comes back`;
  switch (rule.kind) {
    case "check":
      return {
        reason: (n) => `${rowsThat(n, "fail")} ${comesBack}`,
        countSql: `${countRows(`(${rows}) AS rows`)} WHERE (${rule.keys[0]}) IS FALSE`,
      };
    case "unique":
      return {
        reason: (n) => `${rowsThat(n, "repeat")} another, against ${comesBack}`,
        countSql: repeatedSql(rows, rule),
      };
    case "exclusion":
      return {
        reason: (n) => `${rowsThat(n, "exclude")} another, by ${comesBack}`,
        countSql: excludingSql(rows, rule),
      };
    case "reference":
      return {
        reason: (n) => `${rowsThat(n, "refer")} to what is not there, against ${comesBack}`,
        countSql: danglingSql(rows, rule, rule.other === null ? null : rowsAsThen(versions, rule.other)),
      };
  }
}

/** Rows without a value are equal to none, unless that is said. */
function asked({ keys, predicate, nullsAreEqual }: Rule): string {
  const filled = nullsAreEqual ? [] : keys.map((key) => `(${key}) IS NOT NULL`);
  return all([...(predicate ? [predicate] : []), ...filled]);
}

function repeatedSql(rows: string, rule: Rule): string {
  const groups = `SELECT pg_catalog.count(*) - 1 AS more FROM (${rows}) AS rows WHERE ${asked(rule)} GROUP BY ${rule.keys.join(", ")}`;
  return `SELECT coalesce(pg_catalog.sum(more), 0) AS rows FROM (${groups}) AS groups`;
}

const keysOf = (rows: string, keys: string[]) =>
  `SELECT graft_row, ${keys.map((key, i) => `${key} AS key_${i}`).join(", ")} FROM (${rows}) AS rows`;

function excludingSql(rows: string, rule: Rule): string {
  const sides = `${keysOf(rows, rule.keys)} WHERE ${asked(rule)}`;
  const pairs = rule.operators.map((operator, i) => `one.key_${i} ${operator} two.key_${i}`);
  return `${countRows(`(${sides}) AS one`)} WHERE EXISTS (SELECT FROM (${sides}) AS two WHERE one.graft_row <> two.graft_row AND ${all(pairs)})`;
}

function danglingSql(rows: string, rule: Rule, others: string | null): string {
  const one = `(${keysOf(rows, rule.keys)} WHERE ${asked(rule)}) AS one`;
  if (others === null) return countRows(one);
  const pairs = rule.keys.map((_, i) => `one.key_${i} = two.key_${i}`);
  return `${countRows(one)} WHERE NOT EXISTS (SELECT FROM (${keysOf(others, rule.otherKeys)}) AS two WHERE ${all(pairs)})`;
}
