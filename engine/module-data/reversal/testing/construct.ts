import type { MigrationFile } from "../../types.ts";

/**
 * Something that an upgrade does, beside a table `@item` with two rows that each has. `@` stands for what keeps the names
 * of one construct from those of others in the same database.
 */
export interface Construct {
  title: string;
  /** What the older version has besides. */
  had?: string;
  upgrade?: string;
  /** What must be a migration of its own, after the rest. */
  alone?: string[];
  /** Written by the module since, instead of a third row of `@item`. */
  since?: string;
  /** Where the table is called otherwise by then. */
  item?: string;
  /** A column is made anew, and so the last; one that is inherited again is the child's own as well. */
  moves?: boolean;
  /** What is read in the older version once it is back, and what that gives. */
  reads?: [sql: string, rows: unknown[][]];
}

/** One that rows written since keep from going back. */
export interface StuckConstruct extends Construct {
  since: string;
  stuck: RegExp;
  /** What makes them fit again, instead of deleting all but the first two. */
  mended?: string;
}

export interface History {
  to: MigrationFile[];
  from: MigrationFile[];
  /** What is written in between. */
  since: string;
}

const itemTable = `CREATE TABLE @item (id int PRIMARY KEY, title text NOT NULL, n int);
  INSERT INTO @item VALUES (1, 'a', 1), (2, 'b', 2);`;

export const named = (sql: string, at: number) => sql.replaceAll(/@(?=[a-z])/g, `c${at}_`);

/** One history in which all of them happen. */
export function historyOf(constructs: readonly Construct[]): History {
  const join = (sqlOf: (one: Construct) => string) =>
    constructs.map((one, at) => named(`${sqlOf(one)};`, at)).join("\n");
  const alone = constructs.flatMap((one, at) => (one.alone ?? []).map((sql) => named(sql, at)));
  const to = [{ name: "1_had", sql: join(({ had = "" }) => `${itemTable}\n${had}`) }];
  const upgrade = [join(({ upgrade = "" }) => upgrade), ...alone];
  const from = [...to, ...upgrade.map((sql, i) => ({ name: `${i + 2}_upgrade`, sql }))];
  const insert = (item = "@item") => `INSERT INTO ${item} (id, title, n) VALUES (3, 'c', 3)`;
  return { to, from, since: join(({ since, item }) => since ?? insert(item)) };
}
