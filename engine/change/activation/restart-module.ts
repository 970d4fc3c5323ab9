import { type Actor, GraftError, type HostDb } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import type { Runtime } from "../../serving/runtime/index.ts";
import { type InstalledModule, type Registry, requireInstalled } from "../../supply/installed/index.ts";

export interface RestartDeps {
  db: HostDb;
  registry: Pick<Registry, "get">;
  runtime: Pick<Runtime, "restart">;
}

/** See {@link Install.restart}. */
export async function restartModule(deps: RestartDeps, actor: Actor, name: string): Promise<InstalledModule> {
  const module = requireInstalled(deps.registry, name);
  if (module.manifest.runtime === undefined)
    throw new GraftError("CONFLICT", `${module.title} has no process that could be restarted.`);
  await deps.runtime.restart(name);
  await auditIn(deps.db.prisma, actor, {
    action: "module.restart",
    target: name,
    summary: `Restarted ${module.title}`,
  });
  return module;
}
