import type { FlagChange } from "../../contract/flags.ts";
import { type Actor, type HostTx, toJson } from "../core/index.ts";

/** What a change of a flag or of access found and left, in its transaction; null: nothing was there. Answers its id. */
export async function recordChange(
  tx: HostTx,
  actor: Actor,
  change: Pick<FlagChange, "key" | "summary" | "before" | "after"> & { generation?: number },
): Promise<string> {
  const { key, summary, before, after, generation = null } = change;
  const { id } = await tx.flagChange.create({
    data: {
      key,
      actorId: actor.userId,
      actorName: actor.name,
      summary,
      generation,
      ...(before === null ? {} : { before: toJson(before) }),
      ...(after === null ? {} : { after: toJson(after) }),
    },
    select: { id: true },
  });
  return id;
}
