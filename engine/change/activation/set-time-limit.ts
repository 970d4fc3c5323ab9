import { type Actor, GraftError, type HostDb } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import {
  type InstalledModule,
  notInstalled,
  type RegistryRoom,
  requireInstalled,
} from "../../supply/installed/index.ts";
import { configChannel } from "../lead/channels.ts";

/** See {@link Install.setTimeLimit}. Every host hears of it as it hears of new settings. */
export async function setTimeLimit(
  { db, registry }: { db: HostDb; registry: RegistryRoom },
  change: { actor: Actor; module: string; timeoutMs: number | null },
): Promise<InstalledModule> {
  const { actor, timeoutMs } = change;
  const module = requireInstalled(registry, change.module);
  if (module.manifest.runtime === undefined)
    throw new GraftError("CONFLICT", `${module.title} has no process that could be slow.`);
  await db.prisma.$transaction(async (tx) => {
    const { count } = await tx.module.updateMany({ where: { name: module.name }, data: { timeoutMs } });
    if (count === 0) throw notInstalled(module.name);
    await auditIn(tx, actor, {
      action: "module.time-limit",
      target: module.name,
      summary:
        timeoutMs === null
          ? `Left the time limit of ${module.title} to its manifest`
          : `Gave ${module.title} ${timeoutMs / 1000} s to answer`,
      details: { previous: module.timeoutMs ?? null, timeoutMs },
    });
    await tx.$executeRaw`SELECT pg_notify(${configChannel}, ${module.name})`;
  });
  await registry.refresh();
  return registry.get(module.name) ?? module;
}
