export type Values = Record<string, unknown>;
export type Path = readonly (string | number)[];

/** What is stored of a module's settings. Every secret in it is sealed where it stands, so that no schema is needed to hide it. */
export interface StoredSettings {
  /** What was set; defaults are filled in when it is read. */
  config: Values;
  /** Patterns of all that ever was a secret of this module: it stays one, whatever a later schema says. */
  secrets: readonly string[];
  /** Values that the present version does not take, for one that does. */
  aside: Values;
}

/** What becomes of a stored value when another version takes over. */
export interface SettingChange {
  /** `smtp.host` */
  key: string;
  /**
   * `removed`: the version has no such setting; `reset`: it does not take the value, so its default or nothing is in
   * its place; `converted`: to the type it wants, losing nothing; `restored`: an earlier version left it;
   * `migrated`: by the module's own settings/migrate.ts; `added`: a setting that was not there, with its default.
   */
  change: "removed" | "reset" | "converted" | "restored" | "migrated" | "added";
  from: unknown;
  to: unknown;
  /** Why the value was not taken. */
  reason: string | null;
}

/** What has to be given before the version can have its settings. */
export interface SettingProblem {
  key: string;
  problem: string;
}
