import type pg from "pg";
import type { AccessSetting } from "../../../contract/access.ts";
import type { HostTx, Json } from "../../core/index.ts";
import type { AccessTarget } from "../types.ts";

/** NOTIFY on this channel: some rule changed. */
export const flagsChannel = "graft_flags";

interface RuleRow {
  target: string;
  mode: string;
  groups: string[];
  targeting: Record<string, Json> | null;
}

export async function selectRules(pool: pg.Pool): Promise<Map<AccessTarget, AccessSetting>> {
  const { rows } = await pool.query<RuleRow>(
    `SELECT target, mode, groups, targeting FROM graft.access_rules ORDER BY target COLLATE "C"`,
  );
  return new Map(rows.map((row) => [row.target, toSetting(row)]));
}

/** As the transaction sees them. */
export async function selectRulesIn(tx: HostTx): Promise<{ target: AccessTarget; setting: AccessSetting }[]> {
  const rows = await tx.$queryRaw<RuleRow[]>`
    SELECT target, mode, groups, targeting FROM graft.access_rules ORDER BY target COLLATE "C"`;
  return rows.map((row) => ({ target: row.target, setting: toSetting(row) }));
}

/** Those of modules and their widgets, locked until the transaction ends. */
export async function lockModuleRules(
  tx: HostTx,
  modules: readonly string[],
): Promise<Map<AccessTarget, AccessSetting>> {
  const rows = await tx.$queryRaw<RuleRow[]>`
    SELECT target, mode, groups, targeting FROM graft.access_rules
     WHERE split_part(target, '/', 1) = ANY(${modules}) ORDER BY target COLLATE "C" FOR UPDATE`;
  return new Map(rows.map((row) => [row.target, toSetting(row)]));
}

/** Locked until the transaction ends, so that what is audited as previous really was. */
export async function lockRule(tx: HostTx, target: AccessTarget): Promise<AccessSetting | null> {
  const [row] = await tx.$queryRaw<RuleRow[]>`
    SELECT target, mode, groups, targeting FROM graft.access_rules WHERE target = ${target} FOR UPDATE`;
  return row === undefined ? null : toSetting(row);
}

export async function upsertRule(tx: HostTx, target: AccessTarget, setting: AccessSetting): Promise<void> {
  const groups = setting.mode === "groups" ? setting.groups : [];
  const targeting = setting.mode === "rules" ? JSON.stringify(setting.targeting) : null;
  await tx.$executeRaw`
    INSERT INTO graft.access_rules (target, mode, groups, targeting)
    VALUES (${target}, ${setting.mode}, ${groups}, ${targeting}::json)
    ON CONFLICT (target) DO UPDATE
       SET mode = excluded.mode, groups = excluded.groups, targeting = excluded.targeting, updated_at = now()`;
  await notify(tx);
}

export async function deleteRule(tx: HostTx, target: AccessTarget): Promise<void> {
  await tx.$executeRaw`DELETE FROM graft.access_rules WHERE target = ${target}`;
  await notify(tx);
}

export async function deleteModuleRules(tx: HostTx, module: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM graft.access_rules WHERE target = ${module} OR starts_with(target, ${`${module}/`})`;
  await notify(tx);
}

/** Targets whose rules may name a group, in one order everywhere. */
export async function rulesNaming(tx: HostTx, group: string): Promise<AccessTarget[]> {
  const rows = await tx.$queryRaw<{ target: string }[]>`
    SELECT target FROM graft.access_rules
     WHERE ${group} = ANY(groups) OR strpos(targeting::text, ${JSON.stringify(group)}) > 0
     ORDER BY target COLLATE "C"`;
  return rows.map(({ target }) => target);
}

async function notify(tx: HostTx) {
  await tx.$executeRaw`SELECT pg_notify(${flagsChannel}, '')`;
}

function toSetting({ mode, groups, targeting }: RuleRow): AccessSetting {
  if (mode === "rules") return Object.freeze({ mode, targeting: targeting ?? {} });
  if (mode === "groups") return Object.freeze({ mode, groups: Object.freeze(groups) as string[] });
  return Object.freeze({ mode: mode === "everyone" ? "everyone" : "nobody" });
}
