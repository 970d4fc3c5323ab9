import type pg from "pg";
import type { Naming } from "../connections/names.ts";
import type { MigrationFile } from "../types.ts";
import type { Line, Rename } from "./compare-structures.ts";
import type { ReverseMigrationInput } from "./types.ts";

/** A version built in a schema of its own. */
export interface Trial {
  module: string;
  client: pg.Client;
}

export interface Trials {
  naming: Naming;
  input: ReverseMigrationInput;
  target: Map<string, Line>;
  gone: MigrationFile[];
  old: Trial;
  trial: Trial;
  from: Rename;
}

export async function run(client: pg.Client, scripts: readonly { sql: string }[]): Promise<void> {
  await client.query("SET LOCAL search_path TO DEFAULT; SET LOCAL check_function_bodies = off");
  for (const { sql } of scripts) await client.query(sql);
}

export function renaming(naming: Naming, from: string, to: string): Rename {
  const [a, b] = [naming.names(from), naming.names(to)];
  return (text) =>
    text
      .replaceAll(a.ownerRole, b.ownerRole)
      .replaceAll(a.runtimeRole, b.runtimeRole)
      .replaceAll(a.schema, b.schema);
}
