import { type HostDb, type HostTx, type Json, toJson } from "../../core/index.ts";
import type { AccessSetting, Flags } from "../../decisions/index.ts";

/** What a commit takes out of the host's tables and only they had: needed once more if the change is taken back. */
interface Lost {
  /** Of modules that stay and got other settings; absent in journals of an earlier Graft. */
  changed?: Lost["modules"];
  modules: { name: string; config: Json; rules: { target: string; setting: AccessSetting }[] }[];
  /** Rows of `kept_data` whose data is used again; not of what was to begin anew. */
  kept: KeptAgain[];
}

interface KeptAgain {
  module: string;
  version: string;
  digest: string;
  createdAt: string;
  tables: number;
  rows: number;
  bytes: number;
}

/** Into the operation's journal, in the transaction that loses it. */
export async function rememberLost(
  tx: HostTx,
  flags: Pick<Flags, "readRules">,
  operationId: string,
  going: { remove: string[]; put: { module: string; settings?: unknown }[]; usedAgain?: string[] },
): Promise<void> {
  const { remove, usedAgain = [] } = going;
  const changing = going.put.filter(({ settings }) => settings).map(({ module }) => module);
  if (remove.length + usedAgain.length + changing.length === 0) return;
  const modules = await tx.module.findMany({
    where: { name: { in: [...remove, ...changing] } },
    select: { name: true, config: true },
  });
  const kept = await tx.keptData.findMany({ where: { module: { in: usedAgain }, kind: "kept" } });
  const rules = await flags.readRules(tx);
  const described = modules.map(({ name, config }) => ({
    name,
    config: config as Json,
    rules: rules.filter(({ target }) => target === name || target.startsWith(`${name}/`)),
  }));
  const lost = {
    modules: described.filter(({ name }) => remove.includes(name)),
    changed: described.filter(({ name }) => !remove.includes(name)),
    kept: kept.map(({ module, version, digest, createdAt, tables, rows, bytes }) => ({
      ...{ module, version, digest, tables },
      ...{ createdAt: createdAt.toISOString(), rows: Number(rows), bytes: Number(bytes) },
    })),
  } satisfies Lost;
  const { journal } = await tx.operation.findUniqueOrThrow({ where: { id: operationId } });
  await tx.operation.update({
    where: { id: operationId },
    data: { journal: { ...(journal as { [key: string]: Json }), lost: toJson(lost) } },
  });
}

/** In the transaction that takes the change back, once the modules are there again. */
export async function giveBackLost(
  tx: HostTx,
  flags: Pick<Flags, "writeRule" | "removeRules">,
  operationId: string,
): Promise<void> {
  const { journal } = await tx.operation.findUniqueOrThrow({ where: { id: operationId } });
  const { lost, ...rest } = journal as { lost?: Lost; [key: string]: unknown };
  if (!lost) return;
  for (const { name } of lost.changed ?? []) await flags.removeRules(tx, name);
  for (const { name, config, rules } of [...lost.modules, ...(lost.changed ?? [])]) {
    await tx.module.updateMany({ where: { name }, data: { config: config as { [key: string]: Json } } });
    for (const { target, setting } of rules)
      await flags.writeRule(tx, target as Parameters<Flags["writeRule"]>[1], setting);
  }
  await tx.keptData.createMany({ data: lost.kept.map((row) => ({ ...row, kind: "kept" })) });
  await tx.operation.update({
    where: { id: operationId },
    data: { journal: rest as { [key: string]: Json } },
  });
}

/** Settings may hold secrets: no longer than the change can be taken back. */
export async function forgetLost(db: HostDb, operationId: string): Promise<void> {
  await db.pool.query("UPDATE graft.operations SET journal = journal - 'lost' WHERE id = $1", [operationId]);
}
