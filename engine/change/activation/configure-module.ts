import { type Actor, faultPoint, GraftError, type HostDb, type Json, toJson } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import { type InstalledModule, type RegistryRoom, requireInstalled } from "../../supply/installed/index.ts";
import type { Config, ConfigSchema } from "../../supply/manifest/index.ts";
import { type ModuleSettings, maskSealed, type StoredSettings } from "../../supply/settings/index.ts";
import { configChannel } from "../lead/channels.ts";
import { awaitLead } from "../lead/without-running-operation.ts";
import type { Activation } from "./activation.ts";

interface ConfigureDeps {
  db: HostDb;
  registry: RegistryRoom;
  activation: Activation;
  settings: ModuleSettings;
}

/**
 * See {@link Install.configure}. The settings are stored after the process that has them became healthy and before it
 * serves, so that what is stored is what runs, and a crash in between leaves the old ones in both places.
 */
export async function configureModule(
  deps: ConfigureDeps,
  change: { actor: Actor; module: string; config: Config },
): Promise<InstalledModule> {
  // As an operation: neither an upgrade nor another change of settings may come between.
  const lead = await awaitLead(deps.db);
  if (!lead) {
    throw new GraftError("OPERATION_IN_PROGRESS", "Another change is being applied right now.", {
      hint: "Wait until it is done, then save again.",
      retryable: true,
    });
  }
  try {
    await deps.registry.refresh();
    const { module, schema } = configurable(deps.registry, change.module);
    const stored = await deps.settings.replace({ module: module.name, schema }, change.config, module);
    const next = { ...module, ...stored };
    const save = () => store(deps.db, change.actor, { module, stored });
    if (module.manifest.runtime) await deps.activation.replace(next, save);
    else await save();
    faultPoint("configure.switch.after");
    await deps.registry.refresh();
    return deps.registry.get(module.name) ?? next;
  } finally {
    await lead.release();
  }
}

function configurable(
  registry: RegistryRoom,
  name: string,
): { module: InstalledModule; schema: ConfigSchema } {
  const module = requireInstalled(registry, name);
  const schema = module.manifest.config;
  if (schema === undefined) throw new GraftError("CONFLICT", `${module.title} has no settings.`);
  return { module, schema };
}

async function store(
  db: HostDb,
  actor: Actor,
  { module, stored }: { module: InstalledModule; stored: StoredSettings },
): Promise<void> {
  faultPoint("configure.store.before");
  await db.prisma.$transaction(async (tx) => {
    await tx.module.update({
      where: { name: module.name },
      data: { config: toJson(stored.config), secrets: toJson(stored.secrets), aside: toJson(stored.aside) },
    });
    const masked = {
      previous: maskSealed(module.config),
      config: maskSealed(stored.config),
    } as { [key: string]: Json };
    await auditIn(tx, actor, {
      action: "module.configure",
      target: module.name,
      summary: `Changed the settings of ${module.title}`,
      details: masked,
    });
    await tx.$executeRaw`SELECT pg_notify(${configChannel}, ${module.name})`;
  });
  faultPoint("configure.store.after");
}
