import type pg from "pg";
import type { FlagDefinition, FlagInput } from "../../../contract/flags.ts";
import { type Actor, fromJson, type HostTx, type Json, toJson } from "../../core/index.ts";
import { flagsChannel } from "../access/rules.sql.ts";
import { recordChange } from "../record-change.ts";

export interface FlagRow {
  description: string;
  definition: FlagDefinition;
  archived: boolean;
  declaredBy: string | null;
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
}

export interface StoredFlags {
  flags: ReadonlyMap<string, FlagRow>;
  evaluators: Readonly<Record<string, Json>>;
}

export async function selectFlags(pool: pg.Pool): Promise<StoredFlags> {
  const [flags, evaluators] = await Promise.all([
    pool.query<{
      key: string;
      description: string;
      definition: FlagDefinition;
      archived: boolean;
      declared_by: string | null;
      created_at: Date;
      updated_at: Date;
      updated_by: string;
    }>(
      `SELECT key, description, definition, archived, declared_by, created_at, updated_at, updated_by FROM graft.flags ORDER BY key COLLATE "C"`,
    ),
    pool.query<{ key: string; logic: Json }>(
      `SELECT key, logic FROM graft.flag_evaluators ORDER BY key COLLATE "C"`,
    ),
  ]);
  return {
    flags: new Map(
      flags.rows.map((row) => [
        row.key,
        {
          description: row.description,
          definition: row.definition,
          archived: row.archived,
          declaredBy: row.declared_by,
          createdAt: row.created_at.toISOString(),
          updatedAt: row.updated_at.toISOString(),
          updatedBy: row.updated_by,
        },
      ]),
    ),
    evaluators: Object.fromEntries(evaluators.rows.map(({ key, logic }) => [key, logic])),
  };
}

/** What a flag becomes; a function is asked for it with what stands there once the flag is locked. */
export type FlagAfter = FlagInput | null | ((before: FlagInput | null) => FlagInput);

/** Writes the flag and what stood before; null takes the row away. The change's id is null where it already was so. */
export async function writeFlag(
  tx: HostTx,
  actor: Actor,
  change: { key: string; after: FlagAfter; summary: string; declaredBy: string | null },
): Promise<{ id: string | null; after: FlagInput | null }> {
  const { key, summary, declaredBy } = change;
  // Changes of one flag one after the other, also while it has no row that could be locked.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`graft.flag:${key}`}, 0))`;
  const row = await tx.flag.findUnique({ where: { key } });
  const before = row && {
    definition: fromJson<FlagDefinition>(row.definition),
    description: row.description,
    ...(row.archived ? { archived: true } : {}),
  };
  const after = typeof change.after === "function" ? change.after(before) : change.after;
  const wanted = after && {
    definition: after.definition,
    description: after.description ?? row?.description ?? "",
    ...((after.archived ?? row?.archived) ? { archived: true } : {}),
  };
  if (sameInput(before, wanted)) return { id: null, after };
  if (wanted === null) await tx.flag.delete({ where: { key } });
  else {
    const data = {
      description: wanted.description,
      definition: toJson(wanted.definition),
      archived: wanted.archived ?? false,
      ...(declaredBy === null ? {} : { declaredBy }),
      updatedBy: actor.name,
      updatedAt: new Date(),
    };
    await tx.flag.upsert({ where: { key }, create: { key, ...data }, update: data });
  }
  return { id: await recordChange(tx, actor, { key, summary, before, after: wanted }), after };
}

export async function writeEvaluators(tx: HostTx, evaluators: Record<string, Json>): Promise<void> {
  for (const [key, logic] of Object.entries(evaluators)) {
    if (logic === null) await tx.flagEvaluator.deleteMany({ where: { key } });
    else {
      const data = { logic: toJson(logic) };
      await tx.flagEvaluator.upsert({ where: { key }, create: { key, ...data }, update: data });
    }
  }
}

export async function notifyFlags(tx: HostTx): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${flagsChannel}, '')`;
}

function sameInput(a: FlagInput | null, b: FlagInput | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
