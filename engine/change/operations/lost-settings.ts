import { fromJson, type HostDb, type HostTx, type Json, toJson } from "../../core/index.ts";
import type { Flags } from "../../decisions/index.ts";
import type { StoredSettings } from "../../supply/settings/index.ts";
import type { KeptRow } from "../retained/kept-row.ts";
import { type LostSettings, readJournal } from "./journal/journal.ts";

/** Into the operation's journal, in the transaction that loses it. */
export async function rememberLost(
  tx: HostTx,
  flags: Pick<Flags, "readRules">,
  going: {
    operationId: string;
    remove: string[];
    put: { module: string; settings?: unknown; configuration?: unknown }[];
    unkept: { databases: number[] };
  },
): Promise<void> {
  const { remove, operationId } = going;
  const { databases } = going.unkept;
  const changing = going.put
    .filter(({ settings, configuration }) => settings || configuration)
    .map(({ module }) => module);
  const keepsRules = new Set(going.put.filter(({ settings }) => !settings).map(({ module }) => module));
  if (remove.length + databases.length + changing.length === 0) return;
  const modules = await tx.module.findMany({
    where: { name: { in: [...remove, ...changing] } },
    select: { name: true, config: true, secrets: true, aside: true },
  });
  const kept = await tx.keptData.findMany({ where: { database: { in: databases } } });
  const rules = await flags.readRules(tx);
  const described = modules.map(({ name, config, secrets, aside }) => ({
    name,
    config: fromJson<Record<string, Json>>(config),
    secrets: fromJson<string[]>(secrets),
    aside: fromJson<Record<string, Json>>(aside),
    rules: keepsRules.has(name)
      ? null
      : rules.filter(({ target }) => target === name || target.startsWith(`${name}/`)),
  }));
  const lost = {
    modules: described.filter(({ name }) => remove.includes(name)),
    changed: described.filter(({ name }) => !remove.includes(name)),
    kept: kept.map(
      ({ id, module, version, digest, createdAt, tables, rows, bytes, operationId, kind, ...row }) => ({
        ...{
          id,
          module,
          version,
          digest,
          tables,
          operationId,
          file: null,
          database: row.database,
          reason: row.reason,
        },
        kind: kind as KeptRow["kind"],
        ...{ createdAt: createdAt.toISOString(), rows: Number(rows), bytes: Number(bytes) },
      }),
    ),
  } satisfies LostSettings;
  const { journal } = await tx.operation.findUniqueOrThrow({ where: { id: operationId } });
  await tx.operation.update({
    where: { id: operationId },
    data: { journal: toJson({ ...decided(journal), lost }) },
  });
}

/** In the transaction that takes the change back, once the modules are there again. */
export async function giveBackLost(
  tx: HostTx,
  flags: Pick<Flags, "writeRule" | "removeRules">,
  operationId: string,
): Promise<void> {
  const { journal } = await tx.operation.findUniqueOrThrow({ where: { id: operationId } });
  const { lost, ...rest } = decided(journal);
  if (!lost) return;
  for (const { name, rules } of lost.changed) if (rules) await flags.removeRules(tx, name);
  for (const { name, rules, ...stored } of [...lost.modules, ...lost.changed]) {
    await tx.module.updateMany({ where: { name }, data: columnsOf(stored) });
    for (const { target, setting } of rules ?? []) await flags.writeRule(tx, target, setting);
  }
  await tx.keptData.createMany({ data: lost.kept });
  await tx.operation.update({
    where: { id: operationId },
    data: { journal: toJson(rest) },
  });
}

export const columnsOf = ({ config, secrets, aside }: StoredSettings) => ({
  config: toJson(config),
  secrets: toJson(secrets),
  aside: toJson(aside),
});

/** Settings may hold secrets: no longer than the change can be taken back. */
export async function forgetLost(db: HostDb, operationId: string): Promise<void> {
  await db.pool.query("UPDATE graft.operations SET journal = journal - 'lost' WHERE id = $1", [operationId]);
}

/** Only what was decided is committed, and only what was committed is taken back. */
function decided(column: unknown) {
  const journal = readJournal(column);
  if (journal.phase !== "decided") throw new Error(`${journal.reason} was not decided`);
  return journal;
}
