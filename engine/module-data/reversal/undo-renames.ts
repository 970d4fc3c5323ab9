import pg from "pg";
import type { Named } from "./names.sql.ts";

const { escapeIdentifier, escapeLiteral } = pg;

/**
 * Statements after which all that both versions have is called as in the older one, with the rows and values in it. The
 * newer version began as a copy of the older, so that what stands since has the number it had, whoever renamed it and how.
 * What is in the way of a name steps aside.
 */
export function undoRenames(now: Map<string, Named>, then: Map<string, Named>): string[] {
  const present = new Map([...now].map(([key, one]) => [key, { ...one }]));
  const statements: string[] = [];
  const rename = (one: Named, to: string) => {
    statements.push(renameSql(one, to, parentOf(present, one)));
    if (one.kind === "schema")
      for (const other of present.values()) if (other.schema === one.name) other.schema = to;
    one.name = to;
  };
  const kinds = [["schema"], ["relation", "type", "domain"], ["column", "attribute", "constraint", "label"]];
  for (const some of kinds) {
    const wanted = [...present.values()].flatMap((one) => {
      const was = then.get(one.key);
      return was && some.includes(one.kind) ? [{ one, was }] : [];
    });
    for (const { one, was } of wanted)
      if (one.kind !== "schema" && one.schema !== was.schema) statements.push(...moveSql(present, one, was));
    for (const { one, was } of wanted) {
      if (one.name === was.name) continue;
      const inTheWay = [...present.values()].find((other) => other !== one && clash(other, one, was.name));
      if (inTheWay) rename(inTheWay, aside(present, inTheWay));
      rename(one, was.name);
    }
  }
  return statements;
}

/** Tables make types of their names. */
function clash(other: Named, one: Named, name: string): boolean {
  if (other.name !== name) return false;
  const inSchema = ["relation", "type", "domain"];
  if (inSchema.includes(one.kind)) return inSchema.includes(other.kind) && other.schema === one.schema;
  return other.kind === one.kind && other.parent === one.parent;
}

function aside(present: Map<string, Named>, one: Named): string {
  const taken = new Set([...present.values()].map(({ name }) => name));
  for (let i = 1; ; i++) {
    const name = `${one.name.slice(0, 40)}_aside_${i}`;
    if (!taken.has(name)) return name;
  }
}

const qualified = ({ schema, name }: Named) => `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
const parentOf = (present: Map<string, Named>, { parent }: Named) =>
  parent ? present.get(parent) : undefined;

function renameSql(one: Named, to: string, parent: Named | undefined): string {
  const into = `TO ${escapeIdentifier(to)}`;
  const from = escapeIdentifier(one.name);
  const inside = parent ? qualified(parent) : "";
  const isDomain = parent?.kind === "domain";
  switch (one.kind) {
    case "schema":
      return `ALTER SCHEMA ${from} RENAME ${into}`;
    case "relation":
      return `ALTER TABLE ${qualified(one)} RENAME ${into}`;
    case "type":
    case "domain":
      return `ALTER ${one.kind.toUpperCase()} ${qualified(one)} RENAME ${into}`;
    case "column":
      return `ALTER TABLE ${inside} RENAME COLUMN ${from} ${into}`;
    case "attribute":
      return `ALTER TYPE ${inside} RENAME ATTRIBUTE ${from} ${into} CASCADE`;
    case "constraint":
      return `ALTER ${isDomain ? "DOMAIN" : "TABLE"} ${inside} RENAME CONSTRAINT ${from} ${into}`;
    case "label":
      return `ALTER TYPE ${inside} RENAME VALUE ${escapeLiteral(one.name)} TO ${escapeLiteral(to)}`;
  }
}

/** Indexes, columns and the rest go with what they are in; a sequence that a column owns goes with its table. */
function moveSql(present: Map<string, Named>, one: Named, was: Named): string[] {
  const { schema } = was;
  if (one.parent !== null && one.kind === "relation") {
    one.schema = schema;
    return [];
  }
  const statements: string[] = [];
  if (![...present.values()].some(({ kind, name }) => kind === "schema" && name === schema)) {
    const key = `made/${schema}`;
    present.set(key, { key, kind: "schema", parent: null, schema, name: schema });
    statements.push(`CREATE SCHEMA ${escapeIdentifier(schema)}`);
  }
  const word = { relation: "TABLE", type: "TYPE", domain: "DOMAIN" }[
    one.kind as "relation" | "type" | "domain"
  ];
  if (word === undefined) return [];
  const holder = [...present.values()].find(
    (other) => other !== one && clash(other, { ...one, schema }, one.name),
  );
  if (holder) {
    const to = aside(present, holder);
    statements.push(renameSql(holder, to, parentOf(present, holder)));
    holder.name = to;
  }
  statements.push(`ALTER ${word} ${qualified(one)} SET SCHEMA ${escapeIdentifier(schema)}`);
  one.schema = schema;
  return statements;
}
