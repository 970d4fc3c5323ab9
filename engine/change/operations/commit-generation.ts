import { type Actor, GraftError, type HostDb, type HostTx, toJson } from "../../core/index.ts";
import type { AccessSetting, Flags } from "../../decisions/index.ts";
import { auditIn } from "../../people/index.ts";
import type { StoredSettings } from "../../supply/settings/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import { readSettings } from "../generations/generation-settings.ts";
import { generationChannel } from "../lead/channels.ts";
import type { PlanSettings } from "../plan/index.ts";
import type { KeptRow } from "../retained/kept-row.ts";
import { auditSettings } from "./audit-settings.ts";
import { columnsOf, giveBackLost, rememberLost } from "./lost-settings.ts";

export interface CommitDeps {
  db: HostDb;
  store: ModuleStore;
  flags: Flags;
}

export interface NextSet {
  /** Modules that are present afterwards with another digest than before, or were not there. */
  put: {
    module: string;
    digest: `sha256:${string}`;
    access: AccessSetting | null;
    /** Number of the database that holds its data from now on; null without one. */
    database: number | null;
    /** Of a generation gone back to: who had it. */
    settings?: PlanSettings;
    /** What its settings are afterwards; absent: as they are. */
    configuration?: StoredSettings | undefined;
  }[];
  /** Modules that are gone afterwards. */
  remove: string[];
  kept: KeptRow[];
  /** Rows of kept data and snapshots that go: by their databases, or all databases that an operation kept, which is taken back. */
  unkept: { databases: number[]; ofOperation: string | null };
}

export interface CommitInput {
  operationId: string;
  planId: string;
  actor: Actor;
  /** The generation this must follow. */
  base: number;
  next: NextSet;
  status: "applied" | "reverted";
  reason: string;
  audit: { action: string; target: string; summary: string }[];
}

/**
 * Step 5: registry, access, kept data, audit, outbox, generation, operation and NOTIFY in one transaction.
 * @returns the new generation's number
 * @throws PLAN_STALE when another generation was committed since `base`
 */
export async function commitGeneration(deps: CommitDeps, input: CommitInput): Promise<number> {
  const manifests = new Map(
    await Promise.all(
      input.next.put.map(
        async ({ module, digest }) => [module, (await deps.store.getModule(digest)).manifest] as const,
      ),
    ),
  );
  return deps.db.prisma.$transaction(async (tx) => {
    const number = (await lockState(tx, input.base)) + 1;
    // Access and settings change between commits too: a generation has those it was left with.
    await tx.generation.updateMany({
      where: { number: input.base },
      data: { settings: toJson(await readSettings(tx, deps.flags)) },
    });
    const recordAccess = await deps.flags.trackRules(tx, [
      ...input.next.remove,
      ...input.next.put.map(({ module }) => module),
    ]);
    await auditSettings(tx, input);
    if (input.status === "applied")
      await rememberLost(tx, deps.flags, { ...input.next, operationId: input.operationId });
    for (const module of input.next.remove) {
      await tx.module.deleteMany({ where: { name: module } });
      await deps.flags.removeRules(tx, module);
    }
    for (const { module, digest, access, settings, configuration, database } of input.next.put) {
      const manifest = manifests.get(module);
      if (!manifest) continue;
      const present = settings && (await tx.module.findUnique({ where: { name: module } }));
      const row = {
        version: manifest.version,
        digest,
        type: manifest.type,
        manifest: toJson(manifest),
        ...{ generation: number, database, stoppedBy: null },
        ...(configuration && columnsOf(configuration)),
      };
      await tx.module.upsert({ where: { name: module }, create: { name: module, ...row }, update: row });
      // A widget that had no rule of its own then has none again.
      if (present) await deps.flags.removeRules(tx, module);
      for (const [target, rule] of Object.entries(settings?.access ?? {}))
        await deps.flags.writeRule(tx, target, rule);
      if (access) await deps.flags.writeRule(tx, module, access);
    }
    await recordAccess(input.actor, number);
    const { databases, ofOperation } = input.next.unkept;
    await tx.keptData.deleteMany({ where: { database: { in: databases } } });
    if (ofOperation !== null)
      await tx.keptData.deleteMany({ where: { operationId: ofOperation, database: { not: null } } });
    if (input.status === "reverted") await giveBackLost(tx, deps.flags, input.operationId);
    if (input.next.kept.length > 0) await tx.keptData.createMany({ data: input.next.kept });
    await recordGeneration(tx, number, input);
    await tx.$executeRaw`SELECT pg_notify(${generationChannel}, ${String(number)})`;
    return number;
  });
}

async function lockState(tx: HostTx, base: number): Promise<number> {
  const rows = await tx.$queryRaw<
    { generation: number }[]
  >`SELECT generation FROM graft.host_state WHERE id = 1 FOR UPDATE`;
  const generation = rows[0]?.generation ?? 0;
  if (generation === base) return generation;
  throw new GraftError(
    "PLAN_STALE",
    `Generation ${generation} was made since this plan was computed on ${base}.`,
    {
      hint: "Make a fresh plan and look at it again.",
      retryable: true,
      details: { base, generation },
    },
  );
}

async function recordGeneration(tx: HostTx, number: number, input: CommitInput): Promise<void> {
  const { actor, operationId, planId, status, reason } = input;
  const modules = await tx.module.findMany({
    orderBy: { name: "asc" },
    select: { name: true, version: true, digest: true, type: true, database: true },
  });
  await tx.generation.create({
    data: {
      number,
      parent: input.base,
      actorId: actor.userId,
      actorName: actor.name,
      reason,
      operationId,
      modules: toJson(modules),
    },
  });
  await tx.hostState.update({ where: { id: 1 }, data: { generation: number } });
  for (const entry of input.audit)
    await auditIn(tx, actor, { ...entry, planId, operationId, details: { generation: number } });
  await tx.outboxEvent.create({
    data: { type: `generation.${status}`, payload: { generation: number, operationId, reason } },
  });
  await tx.operation.update({ where: { id: operationId }, data: { status, generation: number } });
}
