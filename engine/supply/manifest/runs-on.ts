import semver from "semver";
import type { Manifest } from "../../../sdk/manifest/index.ts";

/** Whether a host of this version is one that the module is made for: its `engines.graft`. */
export function runsOn({ engines }: Pick<Manifest, "engines">, graftVersion: string): boolean {
  return semver.satisfies(graftVersion, engines.graft, { includePrerelease: true });
}
