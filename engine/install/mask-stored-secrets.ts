import { maskAudit } from "../access/index.ts";
import type { Digest, HostDb, HostTx, Json, Log } from "../core/index.ts";
import { markSecrets, maskSecrets } from "../manifest/index.ts";
import type { ModuleStore } from "../store/index.ts";
import { type GenerationSettings, isMark, maskingRules, secretMarker } from "./generation-settings.ts";

interface MaskDeps {
  db: HostDb;
  store: ModuleStore;
  log: Log;
}

/** By digest; null for a module that this host cannot read. */
type Schemas = Map<string, { name: string; config: unknown } | null>;

/**
 * What an earlier Graft left in generations and in the audit, by rules that knew fewer secrets. A generation that has a
 * module which cannot be read here waits for a host that has it. The current one is masked when it is left.
 */
export async function maskStoredSecrets(deps: MaskDeps): Promise<void> {
  const { db, log } = deps;
  const { generation: current } = await db.prisma.hostState.findUniqueOrThrow({ where: { id: 1 } });
  const left = { maskedBy: { lt: maskingRules }, number: { not: current } };
  const waiting = await db.prisma.generation.findMany({ where: left, select: { number: true } });
  if (waiting.length === 0) return;
  const schemas = await readSchemas(deps);
  // First: while a generation waits, the audit is looked at again.
  await maskAudits(db, schemas);
  for (const { number } of waiting) await db.prisma.$transaction((tx) => maskGeneration(tx, number, schemas));
  const missing = await db.prisma.generation.count({ where: left });
  if (missing > 0)
    log.warn(
      { generations: missing },
      "modules of earlier generations cannot be read here: secrets may be in them",
    );
}

async function readSchemas({ db, store }: MaskDeps): Promise<Schemas> {
  const rows = await db.prisma.$queryRaw<{ digest: string }[]>`
    SELECT DISTINCT named.module ->> 'digest' AS digest
    FROM graft.generations g, jsonb_array_elements(g.modules) AS named (module)`;
  const schemas: Schemas = new Map();
  for (const { digest } of rows) {
    const module = await store.getModule(digest as Digest).catch(() => null);
    schemas.set(digest, module && { name: module.manifest.name, config: module.manifest.config });
  }
  return schemas;
}

async function maskGeneration(tx: HostTx, number: number, schemas: Schemas): Promise<void> {
  const row = await tx.generation.findUniqueOrThrow({ where: { number } });
  const { settingsKey } = await tx.hostState.findUniqueOrThrow({ where: { id: 1 } });
  const mark = secretMarker(settingsKey);
  const settings = (row.settings ?? {}) as unknown as GenerationSettings;
  let readable = true;
  for (const { name, digest } of row.modules as unknown as { name: string; digest: string }[]) {
    const left = settings[name];
    const module = schemas.get(digest);
    if (!left) continue;
    if (!module) readable = false;
    else
      left.config = markSecrets(module.config, left.config, (secret, path) =>
        isMark(secret) ? secret : mark(secret, path),
      ) as Record<string, Json>;
  }
  const changed = row.settings && { settings: settings as unknown as { [key: string]: Json } };
  await tx.generation.update({
    where: { number },
    data: { ...changed, ...(readable && { maskedBy: maskingRules }) },
  });
}

/** By every version that was ever installed: which one an entry is about, only its time would tell. */
async function maskAudits(db: HostDb, schemas: Schemas): Promise<void> {
  for (const module of schemas.values()) {
    if (module?.config === undefined) continue;
    const hide = (values: Json) =>
      maskSecrets(module.config, values as Record<string, Json>) as Record<string, Json>;
    // `previous` and `config`.
    await maskAudit(db, { action: "module.configure", target: module.name }, (details) =>
      Object.fromEntries(Object.entries(details).map(([key, values]) => [key, hide(values)])),
    );
  }
}
