import { isDeepStrictEqual } from "node:util";
import type { Actor, HostTx, Json } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import { maskSealed, type StoredSettings } from "../../supply/settings/index.ts";

interface SettingsCommit {
  operationId: string;
  planId: string;
  actor: Actor;
  next: { put: readonly { module: string; configuration?: StoredSettings | undefined }[] };
}

/** An entry for each module whose stored settings are others after the commit, as saving them makes one. Before they change. */
export async function auditSettings(
  tx: HostTx,
  { actor, operationId, planId, next }: SettingsCommit,
): Promise<void> {
  for (const { module, configuration } of next.put) {
    if (!configuration) continue;
    const row = await tx.module.findUnique({ where: { name: module }, select: { config: true } });
    const previous = (row?.config ?? {}) as Record<string, unknown>;
    if (isDeepStrictEqual(previous, configuration.config)) continue;
    await auditIn(tx, actor, {
      ...{ action: "module.configure", target: module, planId, operationId },
      summary: `Settings of ${module} with this version of it`,
      details: { previous: maskSealed(previous), config: maskSealed(configuration.config) } as {
        [key: string]: Json;
      },
    });
  }
}
