import { createHash } from "node:crypto";
import type { Described } from "../snapshots/structure/read-structure.ts";
import { ranks } from "../snapshots/structure/types.ts";
import { type Column, columnsOf, isColumn, notNullsOf } from "./columns.ts";
import type { Line } from "./compare-structures.ts";
import { conversions } from "./convert.ts";
import { catalogueOf, splitName } from "./drop-sql.ts";
import type { Going } from "./find-going.ts";
import { alterTable } from "./storage.ts";
import { keepsParent, parentsOf } from "./take-away.ts";

export interface PutBackInput {
  /** The older version. */
  then: Described;
  target: Map<string, Line>;
  /** What stands once all that goes was taken away. */
  present: Map<string, Line>;
  going: Going;
  /** Of a composite type of the older version, by its name. */
  attributesOf(type: string): (string | null)[];
}

/** For each statement what may be tried instead, should PostgreSQL refuse it. */
export type Step = string[];

/** What a type is called while columns change over from it, in its schema; short, whatever the type is called. */
const asideName = (name: string) =>
  `graft_aside_${createHash("sha256").update(name).digest("hex").slice(0, 16)}`;
export const asideOf = (name: string): string => name.slice(0, -localName(name).length) + asideName(name);

/** What the older version has more or otherwise, in the order in which one needs another. */
export function putBack(input: PutBackInput): Step[] {
  const { then, present, going } = input;
  const exchanged = new Set([...going.exchanged].map(({ name }) => name));
  const asides = [...exchanged].map((name) => [`ALTER TYPE ${name} RENAME TO ${asideName(name)}`]);
  const steps = then.build.flatMap((object): Step[] => {
    const catalogue = catalogueOf(object);
    const id = `${catalogue} ${object.name}`;
    if (object.rank === ranks.table && catalogue === "1259")
      return present.has(`table ${object.name}`) ? changeTable(input, object.name) : [[object.sql]];
    if (catalogue === "attach" && / INHERIT /.test(object.sql))
      return present.has(`table ${object.name}`) ? [] : [[object.sql]];
    const now = present.get(id);
    if (catalogue === "1247" && exchanged.has(object.name)) return [[object.sql]];
    if (now?.sql === object.sql) return [];
    if (now && object.rank === ranks.sequence) return [[changeSequence(object.sql)]];
    if (now && catalogue === "3079") return [];
    return [[object.sql]];
  });
  return [...asides, ...steps, ...refreshed(then, present)];
}

/** Made anew they are empty, and cannot be read until filled. */
function refreshed({ build }: Described, present: Map<string, Line>): Step[] {
  const refreshes = build
    .filter(({ key }) => key.startsWith("refresh/"))
    .map(({ key, sql }) => ({ key: `1259/${key.slice("refresh/".length)}`, sql }));
  const made = new Set(
    build
      .filter(({ name, key }) => key.startsWith("1259/") && !present.has(`1259 ${name}`))
      .map(({ key }) => key),
  );
  return refreshes.filter(({ key }) => made.has(key)).map(({ sql }) => [sql]);
}

const localName = (name: string) => /(?:"(?:[^"]|"")+"|[^."]+)$/.exec(name)?.[0] ?? name;

/** Where it stands it goes on counting. */
function changeSequence(sql: string): string {
  const [, unlogged, rest = ""] = /^CREATE (UNLOGGED )?SEQUENCE ([\s\S]*)$/.exec(sql) ?? [];
  const name = rest.slice(0, rest.indexOf(" AS "));
  return `ALTER SEQUENCE ${rest}; ALTER SEQUENCE ${name} SET ${unlogged ? "UNLOGGED" : "LOGGED"}`;
}

function changeTable(input: PutBackInput, table: string): Step[] {
  const { target, present, going } = input;
  const steps: Step[] = [];
  const alter = (...actions: string[]) =>
    steps.push(actions.map((action) => `ALTER TABLE ${table} ${action}`));
  const standing = new Map(columnsOf(present, table).map(({ line, column }) => [line.id, column]));
  const storage = alterTable(present.get(`table ${table}`), target.get(`table ${table}`));
  if (storage) alter(storage);
  const hasNotNull = new Set(notNullsOf(present, table).map(({ line }) => line.id));
  const notNulls = notNullsOf(target, table).filter(
    ({ line }) => !line.object.inherited && !hasNotNull.has(line.id),
  );
  const isHeld = keepsParent(present, target, table);
  const added = new Set<string>();
  for (const { line, column } of columnsOf(target, table)) {
    if (column.inherited && isHeld) continue;
    const is = standing.get(line.id);
    if (is) changeColumn(input, { alter, is, column, isAltered: going.altered.has(line.id) });
    else {
      added.add(column.name);
      alter(
        `ADD COLUMN ${addition(
          line,
          target,
          notNulls.find((one) => one.column === column.name),
        )}`,
      );
    }
  }
  for (const { name, column, line } of notNulls)
    if (!added.has(column)) alter(`ADD CONSTRAINT ${name} ${line.sql}`);
  for (const { line, column } of columnsOf(target, table)) {
    const is = standing.get(line.id);
    if (is && !column.inherited && column.identity && column.identity !== is.identity)
      alter(`ALTER COLUMN ${column.name} ADD${column.identity}`);
  }
  for (const parent of parentsOf(target, table))
    if (!parentsOf(present, table).includes(parent)) alter(`INHERIT ${parent}`);
  return steps;
}

interface ColumnChange {
  alter(...actions: string[]): void;
  is: Column;
  column: Column;
  isAltered: boolean;
}

function changeColumn({ attributesOf }: PutBackInput, { alter, is, column, isAltered }: ColumnChange): void {
  const { name, type, compression } = column;
  if (isAltered || is.type !== type) {
    const attributes = attributesOf(type);
    const using = conversions({ column: name, from: is.type, to: type, attributes });
    alter(...using.map((expression) => `ALTER COLUMN ${name} TYPE ${type} USING ${expression}`));
  }
  if (is.compression !== compression)
    alter(`ALTER COLUMN ${name} SET COMPRESSION ${compression || "default"}`);
  if (column.notNull && !is.notNull) alter(`ALTER COLUMN ${name} SET NOT NULL`);
}

/** Rows that are there get the default, so it comes with the column. */
function addition(
  line: Line,
  target: Map<string, Line>,
  notNull: { name: string; line: Line } | undefined,
): string {
  const preset = / SET DEFAULT ([\s\S]*)$/.exec(target.get(`2604 ${line.object.name}`)?.sql ?? "")?.[1];
  const constraint = notNull
    ? ` CONSTRAINT ${notNull.name} ${notNull.line.sql.replace(/^NOT NULL [\s\S]*?( NO INHERIT)?$/, "NOT NULL$1")}`
    : "";
  return `${line.sql}${preset ? ` DEFAULT ${preset}` : ""}${constraint}`;
}

/** A relation that the older version numbers rows with, made anew: it counts on from the rows that are there. */
export function countOn(then: Described, target: Map<string, Line>, before: Map<string, Line>): Step[] {
  const steps: Step[] = [];
  for (const [object, needs] of then.needs)
    if (object.key.startsWith("2604/"))
      for (const { rank, name } of needs)
        if (rank === ranks.sequence && !before.has(`1259 ${name}`)) steps.push(setval(name, object.name));
  for (const line of target.values()) {
    const sequence = /AS IDENTITY \(SEQUENCE NAME ([\s\S]*?) START WITH /.exec(line.sql)?.[1];
    const now = before.get(line.id);
    if (isColumn(line) && sequence && now && now.sql !== line.sql)
      steps.push(setval(sequence, line.object.name));
  }
  return steps;
}

function setval(sequence: string, column: string): Step {
  const { table = "", last: name = "" } = splitName(column) ?? {};
  const last = `SELECT pg_catalog.max(${name}) AS last FROM ${table}`;
  return [
    `SELECT pg_catalog.setval('${sequence.replaceAll("'", "''")}', last) FROM (${last}) AS rows WHERE last > 0`,
  ];
}
