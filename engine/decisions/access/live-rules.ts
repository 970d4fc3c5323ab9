import { compileFlag } from "../targeting/compile-flag.ts";
import type { FlagLookup } from "../targeting/flag-lookup.ts";
import type { AccessSetting, AccessTarget } from "../types.ts";
import { compileRules, type Decide, type InstalledTargets } from "./compile-rules.ts";

type Settings = ReadonlyMap<AccessTarget, AccessSetting>;

/** Who gets what, compiled and in memory: what is stored, for what is installed. */
export interface LiveRules {
  readonly settings: Settings;
  readonly installed: readonly InstalledTargets[];
  decide: Decide;
  /** As it would be decided with other settings. */
  compile(settings: Settings): Decide;
  /** True when they were different. In use after {@link recompile}, as all that follows from one change. */
  setSettings(settings: Settings): boolean;
  setInstalled(installed: readonly InstalledTargets[]): void;
  /** Also when a flag changed that rules require. */
  recompile(): void;
}

export function createLiveRules(flags: Pick<FlagLookup, "resolve">): LiveRules {
  let settings: Settings = new Map();
  let installed: readonly InstalledTargets[] = [];
  const compile = (wanted: Settings) =>
    compileRules(wanted, installed, (key, definition) => compileFlag(key, flags.resolve(key, definition)));
  let decide = compile(settings);
  return {
    get settings() {
      return settings;
    },
    get installed() {
      return installed;
    },
    decide: (identity, target) => decide(identity, target),
    compile,
    setSettings(next) {
      if (isSame(settings, next)) return false;
      settings = next;
      return true;
    },
    setInstalled(next) {
      installed = next;
    },
    recompile() {
      decide = compile(settings);
    },
  };
}

function isSame(a: Settings, b: Settings): boolean {
  return a.size === b.size && JSON.stringify([...a]) === JSON.stringify([...b]);
}
