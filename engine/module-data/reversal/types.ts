import type { LostRows, ReverseMigration } from "../../../contract/migration.ts";
import type { DataPlace } from "../data-place.ts";
import type { MigrationFile } from "../migrations/migration-file.ts";

export type { LostRows, ReverseMigration } from "../../../contract/migration.ts";

export interface ReverseMigrationInput {
  place: DataPlace;
  extensions: string[];
  /** Of the version that is left. */
  from: MigrationFile[];
  /** Of the version gone back to: a beginning of `from`, or some of it. */
  to: MigrationFile[];
}

export type ReverseMigrationAnswer =
  | {
      way: ReverseMigration;
      lost: LostRows[];
      /** What comes back without what was in it: a snapshot alone has that. Of a column, in how many rows. */
      emptied: LostRows[];
      reason?: undefined;
    }
  /** Why there is none, in plain words. */
  | { way: null; reason: string };
