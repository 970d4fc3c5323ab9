export interface MigrationFile {
  /** Folder name: `20250101120000_init`. */
  name: string;
  sql: string;
  /** `down.sql` beside it: what its author wrote to take it back. */
  down?: string;
}
