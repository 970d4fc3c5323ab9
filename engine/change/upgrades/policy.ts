import { type Weekday, weekdays } from "../../../contract/upgrades.ts";
import { type Actor, GraftError, type HostDb, type HostTx, type Prisma } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import type { PolicyInput, PolicyView, WindowView } from "./types.ts";
import { isTimeZone, nextWindow, openWindow, type Window } from "./window.ts";

export interface Policy extends Omit<PolicyView, "open" | "next" | "updatedAt"> {
  updatedAt: Date | null;
}

export async function readPolicy(db: Pick<HostDb["prisma"], "upgradePolicy">): Promise<Policy> {
  const row = await db.upgradePolicy.findUniqueOrThrow({ where: { id: 1 } });
  const { enabled, days, from, to, timeZone, excluded, revision, updatedAt, updatedBy } = row;
  return {
    ...{ enabled, from, to, timeZone, excluded, revision, updatedAt, updatedBy },
    level: row.level === "minor" ? "minor" : "patch",
    days: days as Weekday[],
  };
}

export function viewPolicy(policy: Policy, now: Date): PolicyView {
  const open = policy.enabled ? openWindow(policy, now) : null;
  const next = policy.enabled ? nextWindow(policy, now) : null;
  return {
    ...policy,
    updatedAt: policy.updatedAt?.toISOString() ?? null,
    open: open && viewWindow(open),
    next: next && viewWindow(next),
  };
}

export function viewWindow({ start, end }: Window): WindowView {
  return { start: start.toISOString(), end: end.toISOString() };
}

/** @throws INVALID_INPUT with a message for each field, CONFLICT when somebody changed it since it was read */
export async function savePolicy(db: HostDb, actor: Actor, input: PolicyInput): Promise<void> {
  checkPolicy(input);
  const { enabled, level, from, to, timeZone } = input;
  const days = weekdays.filter((day) => input.days.includes(day));
  await db.prisma.$transaction(async (tx) => {
    const before = await lockPolicy(tx);
    const excluded = [...new Set(input.excluded ?? before.excluded)].sort();
    refuseOutdated(before, { ...input, days, excluded });
    await write(tx, actor, {
      ...{ enabled, level, from, to, timeZone, days, excluded },
      revision: { increment: 1 },
    });
    const summary = enabled
      ? `Automatic upgrades: ${level === "patch" ? "patch versions" : "patch and minor versions"}, ${days.join(", ")} ${from} to ${to} (${timeZone})`
      : "Automatic upgrades are off";
    await auditIn(tx, actor, {
      action: "upgrades.policy",
      target: "upgrades",
      summary,
      details: { ...input },
    });
  });
}

export async function saveExcluded(
  db: HostDb,
  actor: Actor,
  { excluded, ...module }: { name: string; title: string; excluded: boolean },
): Promise<void> {
  await db.prisma.$transaction(async (tx) => {
    const before = await lockPolicy(tx);
    if (before.excluded.includes(module.name) === excluded) return;
    const others = before.excluded.filter((name) => name !== module.name);
    await write(tx, actor, { excluded: excluded ? [...others, module.name].sort() : others });
    await auditIn(tx, actor, {
      action: "upgrades.exclude",
      target: module.name,
      summary: `Automatic upgrades are ${excluded ? "off" : "on"} for ${module.title}`,
    });
  });
}

async function lockPolicy(tx: HostTx): Promise<Policy> {
  await tx.$queryRaw`SELECT id FROM graft.upgrade_policy WHERE id = 1 FOR UPDATE`;
  return readPolicy(tx);
}

/** What somebody saved since is named, with who did it, and nothing of it is lost. */
function refuseOutdated(before: Policy, input: PolicyInput): void {
  if (input.revision === undefined || input.revision === before.revision) return;
  const fields = ["enabled", "level", "days", "from", "to", "timeZone", "excluded"] as const;
  const changed = fields.filter((field) => String(before[field]) !== String(input[field]));
  if (changed.length === 0) return;
  throw new GraftError(
    "CONFLICT",
    `${before.updatedBy ?? "Somebody"} changed automatic upgrades meanwhile: ${changed.map((field) => `${fieldNames[field]} is ${String(before[field]) || "empty"}`).join(", ")}.`,
    {
      hint: "Reload to see it, then save again.",
      details: { revision: before.revision, changed },
    },
  );
}

const fieldNames = {
  ...{ enabled: "on", level: "level", days: "days", from: "from", to: "to" },
  ...{ timeZone: "time zone", excluded: "left alone" },
};

async function write(tx: HostTx, actor: Actor, data: Prisma.UpgradePolicyUpdateInput): Promise<void> {
  await tx.upgradePolicy.update({
    where: { id: 1 },
    data: { ...data, updatedAt: new Date(), updatedBy: actor.name },
  });
}

function checkPolicy({ enabled, days, from, to, timeZone }: PolicyInput): void {
  const fieldErrors: Record<string, string[]> = {};
  const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
  if (!clock.test(from)) fieldErrors.from = ["A time as 02:00 is missing."];
  if (!clock.test(to)) fieldErrors.to = ["A time as 05:00 is missing."];
  if (!isTimeZone(timeZone))
    fieldErrors.timeZone = [`There is no time zone ${JSON.stringify(timeZone)}. Europe/Vienna is one.`];
  if (enabled && days.length === 0) fieldErrors.days = ["Choose at least one day."];
  const messages = Object.values(fieldErrors).flat();
  if (messages.length === 0) return;
  throw new GraftError("INVALID_INPUT", messages.join(" "), { details: { fieldErrors } });
}
