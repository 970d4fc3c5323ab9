import type pg from "pg";
import type { MigrationFile } from "../migrations/migration-file.ts";
import type { Described } from "../snapshots/structure/read-structure.ts";
import type { Line } from "./compare-structures.ts";
import type { Obstacle } from "./obstacle.ts";
import type { ReverseMigration, ReverseMigrationInput } from "./types.ts";

/** Two versions, each built in a database of its own. */
export interface Trials {
  input: ReverseMigrationInput;
  then: Described;
  target: Map<string, Line>;
  start: Described;
  gone: MigrationFile[];
  /** The version gone back to. */
  old: pg.Client;
  /** The version that is left, in a transaction in which ways are tried. */
  trial: pg.Client;
  /** Extensions that the owner of a database may create. */
  trusted: ReadonlySet<string>;
  /** What the host runs once migrations did: the rights of the module's process. */
  seal: string;
}

export interface Way {
  scripts: ReverseMigration["scripts"];
  /** The newer structure once renames are undone. */
  named?: Map<string, Line>;
  /** An author may have seen to them. */
  obstacles?: Obstacle[];
}

export async function run(client: pg.Client, scripts: readonly { sql: string }[]): Promise<void> {
  await client.query("SET LOCAL search_path TO DEFAULT; SET LOCAL check_function_bodies = off");
  for (const { sql } of scripts) await client.query(sql);
}
