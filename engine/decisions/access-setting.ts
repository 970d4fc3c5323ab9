import type { Json } from "../core/index.ts";

export type AccessSetting =
  | { mode: "everyone" }
  | { mode: "nobody" }
  | { mode: "groups"; groups: string[] }
  /** Targeting as flags have it; it answers `given` or `withheld`, and null withholds. */
  | { mode: "rules"; targeting: Record<string, Json> };
