import type { Actor, HostTx } from "../../core/index.ts";
import { recordChange } from "../record-change.ts";
import type { AccessSetting, AccessTarget } from "../types.ts";
import { accessKey } from "./access-definition.ts";

export function recordAccessChange(
  tx: HostTx,
  actor: Actor,
  change: {
    target: AccessTarget;
    summary: string;
    before: AccessSetting | null;
    after: AccessSetting | null;
    /** That it came or went with. */
    generation?: number;
  },
): Promise<string> {
  const { target, ...changed } = change;
  return recordChange(tx, actor, { key: accessKey(target), ...changed });
}
