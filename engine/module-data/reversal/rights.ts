import type pg from "pg";
import { defaultRightsSql, resetDefaultRightsSql, rightsSql } from "../snapshots/structure/rights.sql.ts";

/** Who may do what, and with what is made from now on: a statement each. */
export interface Rights {
  given: string[];
  born: string[];
}

/** In the owner's open transaction. */
export async function readRights(client: pg.Client): Promise<Rights> {
  await client.query("SET LOCAL search_path = pg_catalog, pg_temp");
  const [given, born] = [await read(client, rightsSql), await read(client, defaultRightsSql)];
  return { given, born };
}

export const sameRights = (now: Rights, then: Rights): boolean =>
  [...now.given, ...now.born].join("\n") === [...then.given, ...then.born].join("\n");

/** What was granted since is taken, what was taken is granted. */
export async function changeRights(client: pg.Client, now: Rights, then: Rights): Promise<string[]> {
  const had = new Set(then.given);
  const has = new Set(now.given);
  const since = now.given.filter((sql) => !had.has(sql));
  const missing = then.given.filter((sql) => !has.has(sql));
  const isGrant = (sql: string) => sql.startsWith("GRANT ");
  const isSameBorn = now.born.join("\n") === then.born.join("\n");
  const resets = isSameBorn ? [] : await read(client, resetDefaultRightsSql);
  return [
    ...since.filter(isGrant).map(revocation),
    ...since.filter((sql) => !isGrant(sql)).map(asBorn),
    ...missing.filter((sql) => !isGrant(sql)),
    ...missing.filter(isGrant),
    ...resets,
    ...(isSameBorn ? [] : then.born),
  ];
}

const revocation = (sql: string) =>
  sql.replace(/^GRANT ([\s\S]*) TO ("(?:[^"]|"")+"|\S+)( WITH GRANT OPTION)?$/, "REVOKE $1 FROM $2");

/** Of what had the rights that PostgreSQL gives to what is new: its owner has all, everybody may call and use. */
function asBorn(sql: string): string {
  const [, kind, name, owner] =
    /^REVOKE ALL ON (ROUTINE|TYPE|TABLE|SEQUENCE|SCHEMA|LARGE OBJECT) ([\s\S]*) FROM PUBLIC, ("(?:[^"]|"")+"|\S+)$/.exec(
      sql,
    ) ?? [];
  const everybody = { ROUTINE: "EXECUTE", TYPE: "USAGE" }[kind ?? ""];
  const all = `GRANT ALL ON ${kind} ${name} TO ${owner}`;
  return everybody ? `${all}; GRANT ${everybody} ON ${kind} ${name} TO PUBLIC` : all;
}

async function read(client: pg.Client, sql: string): Promise<string[]> {
  return (await client.query<{ sql: string }>(sql)).rows.map((row) => row.sql);
}
