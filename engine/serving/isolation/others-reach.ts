import { statSync } from "node:fs";
import { dirname } from "node:path";

/** Whether every account of this machine may pass through the folder and all above it. */
export function othersReach(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}
