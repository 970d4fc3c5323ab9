import type pg from "pg";
import type { MigrationFile } from "../migrations/migration-file.ts";
import type { Line } from "./compare-structures.ts";
import type { ReverseMigrationInput } from "./types.ts";

/** Two versions, each built in a database of its own. */
export interface Trials {
  input: ReverseMigrationInput;
  target: Map<string, Line>;
  gone: MigrationFile[];
  /** The version gone back to. */
  old: pg.Client;
  /** The version that is left, in a transaction in which ways are tried. */
  trial: pg.Client;
  /** Extensions that the owner of a database may create. */
  trusted: ReadonlySet<string>;
}

export async function run(client: pg.Client, scripts: readonly { sql: string }[]): Promise<void> {
  await client.query("SET LOCAL search_path TO DEFAULT; SET LOCAL check_function_bodies = off");
  for (const { sql } of scripts) await client.query(sql);
}
