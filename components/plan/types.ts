type FlagJson = null | boolean | number | string | FlagJson[] | { [key: string]: FlagJson };

export type AccessSetting =
  | { mode: "everyone" }
  | { mode: "nobody" }
  | { mode: "groups"; groups: string[] }
  /** As a flag's targeting; it answers `given` or `withheld`. */
  | { mode: "rules"; targeting: Record<string, FlagJson> };

export type PlanChange =
  | { action: "install"; module: string; version?: string; access?: AccessSetting; data?: "reuse" | "fresh" }
  | { action: "upgrade"; module: string; version?: string }
  | { action: "uninstall"; module: string; data: "keep" | "export" | "delete" }
  | { action: "restore"; snapshot: string }
  | {
      action: "rollback";
      generation: number;
      data?: Record<string, "schema" | "snapshot">;
      settings?: boolean;
    };

export interface StepView {
  action: "install" | "upgrade" | "uninstall";
  module: string;
  title: string;
  icon: string | null;
  from: string | null;
  to: string | null;
  neededBy: string | null;
  needs: string[];
  data: "keep" | "export" | "delete" | "reuse" | "fresh" | null;
}
