import { z } from "zod";

export const migrationProblem = z.object({
  migration: z.string(),
  /** 1-based. */
  line: z.int(),
  statement: z.string(),
  reason: z.string(),
});
export type MigrationProblem = z.infer<typeof migrationProblem>;

/** What a statement does to a module that is in use. A migration without any is one that only expands. */
export const migrationVerdict = migrationProblem.extend({
  kind: z.enum(["breaking", "slow", "destructive"]),
  /** The table it works on or loses; null where it names none that exists. */
  table: z.string().nullable(),
  /** The column whose values it loses. */
  column: z.string().nullable(),
  /** Of a destructive one, rows or values lost; of a slow one, rows in the table. Null: not counted. */
  rows: z.int().nullable(),
  /** Counted; otherwise what PostgreSQL estimates of a large table. */
  exact: z.boolean(),
  /** Of the table, with indexes and TOAST. */
  bytes: z.int().nullable(),
  /** Of a slow one: bytes by an assumed rate, nothing that was measured. */
  estimateMs: z.number().nullable(),
  /** Of a slow one: others would wait for longer than a second. */
  long: z.boolean(),
});
export type MigrationVerdict = z.infer<typeof migrationVerdict>;

export const tableInfo = z.object({
  name: z.string(),
  rows: z.int(),
  /** Bytes, with indexes and TOAST. */
  bytes: z.int(),
  /** Counted; otherwise `rows` is what PostgreSQL estimates. */
  exact: z.boolean(),
});
export type TableInfo = z.infer<typeof tableInfo>;

/** What is written in a table or column that the older version does not have. */
export const lostRows = z.object({
  kind: z.enum(["table", "column"]),
  /** As SQL names it, without the schema: `"Poll".tags`. */
  name: z.string(),
  rows: z.int(),
});
export type LostRows = z.infer<typeof lostRows>;

/** SQL that leads from one version's structure to an older one's, tried on the two of them. */
export const reverseMigration = z.object({
  /** Whose SQL it is. */
  by: z.enum(["author", "graft"]),
  /** In the order they run. */
  scripts: z.array(z.object({ name: z.string(), sql: z.string() })),
  /** Leave the ledger. */
  migrations: z.array(z.string()),
  /** Of the structure it starts from. */
  from: z.string(),
  /** Of the structure that must stand afterwards. */
  structure: z.string(),
});
export type ReverseMigration = z.infer<typeof reverseMigration>;
