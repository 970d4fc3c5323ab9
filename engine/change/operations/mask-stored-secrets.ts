import type { Manifest } from "../../../sdk/manifest/index.ts";
import {
  type Digest,
  fromJson,
  type HostDb,
  type HostTx,
  type Json,
  type Log,
  toJson,
} from "../../core/index.ts";
import { maskAudit } from "../../people/index.ts";
import { markSecrets, maskingRules, maskSecrets } from "../../supply/manifest/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import { type GenerationSettings, isMark, secretMarker } from "../generations/generation-settings.ts";
import { maskPlan, plansToMask } from "../plan/index.ts";
import { journalsToMask, maskJournal } from "./mask-journals.ts";

interface MaskDeps {
  db: HostDb;
  store: ModuleStore;
  log: Log;
}

/** By digest; null for a module that this host cannot read. */
type Manifests = Map<string, Manifest | null>;

/**
 * What an earlier Graft left in generations, the audit, plans and journals, by rules that knew fewer secrets. What names
 * a module that cannot be read here waits for a host that has it. The current generation is masked when it is left.
 */
export async function maskStoredSecrets(deps: MaskDeps): Promise<void> {
  const { db, log } = deps;
  const { generation: current } = await db.prisma.hostState.findUniqueOrThrow({ where: { id: 1 } });
  const left = { maskedBy: { lt: maskingRules }, number: { not: current } };
  const generations = await db.prisma.generation.findMany({ where: left, select: { number: true } });
  const [plans, journals] = await Promise.all([plansToMask(db), journalsToMask(db)]);
  if (generations.length + plans.length + journals.length === 0) return;
  const manifests = await readManifests(deps);
  // First: while a generation waits, the audit is looked at again.
  if (generations.length > 0) await maskAudits(db, manifests);
  for (const { number } of generations)
    await db.prisma.$transaction((tx) => maskGeneration(tx, number, manifests));
  const waiting = { generations: await db.prisma.generation.count({ where: left }), plans: 0, operations: 0 };
  const manifestOf = (digest: string) => manifests.get(digest) ?? null;
  for (const id of plans) if (!(await maskPlan(db, id, manifestOf))) waiting.plans += 1;
  for (const id of journals) if (!(await maskJournal(db, id, manifestOf))) waiting.operations += 1;
  if (waiting.generations + waiting.plans + waiting.operations > 0)
    log.warn(
      waiting,
      "modules of earlier generations cannot be read here: secrets may be in what names them",
    );
}

/** Of every generation: plans and journals take the settings they hold from these. */
async function readManifests({ db, store }: MaskDeps): Promise<Manifests> {
  const rows = await db.prisma.$queryRaw<{ digest: string }[]>`
    SELECT DISTINCT named.module ->> 'digest' AS digest
    FROM graft.generations g, jsonb_array_elements(g.modules) AS named (module)`;
  const manifests: Manifests = new Map();
  for (const { digest } of rows) {
    const module = await store.getModule(digest as Digest).catch(() => null);
    manifests.set(digest, module?.manifest ?? null);
  }
  return manifests;
}

async function maskGeneration(tx: HostTx, number: number, manifests: Manifests): Promise<void> {
  const row = await tx.generation.findUniqueOrThrow({ where: { number } });
  const { settingsKey } = await tx.hostState.findUniqueOrThrow({ where: { id: 1 } });
  const mark = secretMarker(settingsKey);
  const settings = fromJson<GenerationSettings>(row.settings ?? {});
  let readable = true;
  for (const { name, digest } of fromJson<{ name: string; digest: string }[]>(row.modules)) {
    const left = settings[name];
    const manifest = manifests.get(digest);
    if (!left) continue;
    if (!manifest) readable = false;
    else
      left.config = markSecrets(manifest.config, left.config, (secret, path) =>
        isMark(secret) ? secret : mark(secret, path),
      ) as Record<string, Json>;
  }
  const changed = row.settings && { settings: toJson(settings) };
  await tx.generation.update({
    where: { number },
    data: { ...changed, ...(readable && { maskedBy: maskingRules }) },
  });
}

/** By every version that was ever installed: which one an entry is about, only its time would tell. */
async function maskAudits(db: HostDb, manifests: Manifests): Promise<void> {
  for (const manifest of manifests.values()) {
    if (manifest?.config === undefined) continue;
    const hide = (values: Json) =>
      maskSecrets(manifest.config, values as Record<string, Json>) as Record<string, Json>;
    // `previous` and `config`.
    await maskAudit(db, { action: "module.configure", target: manifest.name }, (details) =>
      Object.fromEntries(Object.entries(details).map(([key, values]) => [key, hide(values)])),
    );
  }
}
