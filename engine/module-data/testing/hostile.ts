import type { MigrationFile } from "../types.ts";

/** Migrations called 1, 2, … */
export const history = (...scripts: string[]): MigrationFile[] =>
  scripts.map((sql, i) => ({ name: `${i + 1}`, sql }));
/** Put together while it runs, so that no plan sees it. `%I` is the database. */
export const hidden = (...statements: string[]) =>
  `DO $do$ BEGIN ${statements.map((sql) => `EXECUTE format($q$${sql}$q$, current_database());`).join(" ")} END $do$;`;
