import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { OperationView } from "../contract/operation.ts";
import type { PlanView } from "../contract/plan.ts";
import type { PlanChange } from "../contract/plan-change.ts";
import { usageError } from "./cli-error.ts";
import type { Client } from "./client.ts";
import { answer, type CommandContext } from "./context.ts";
import { createProgress, followOperation } from "./follow-operation.ts";
import { assertNothingMissing, type GivenOptions, planWithSettings } from "./given-settings.ts";
import { showPlan } from "./show-plan.ts";
import { count, formatBytes } from "./terminal.ts";

export interface ChangeOptions extends GivenOptions {
  version?: string;
  access?: string;
  data?: string;
  confirm?: string[];
  acceptPermissions?: boolean;
  all?: boolean;
  yes?: boolean;
  json?: boolean;
  sql?: boolean;
  output?: string;
}

/** `all`: whatever is outdated. */
export type Changes = PlanChange[] | "all";
async function makePlan(
  context: CommandContext,
  changes: Changes,
  options: ChangeOptions,
): Promise<PlanView> {
  const client = context.client();
  const plan =
    changes === "all"
      ? await client.call<PlanView>("POST", "/upgrades", {})
      : await client.call<PlanView>("POST", "/plans", { changes });
  return planWithSettings({ context, client }, plan, options);
}

export async function planChanges(
  context: CommandContext,
  changes: Changes,
  options: ChangeOptions,
): Promise<void> {
  const plan = await makePlan(context, changes, options);
  answer({ terminal: context.terminal, json: options.json }, plan, () =>
    showPlan(context.terminal, plan, options),
  );
}

export function applyChanges(
  context: CommandContext,
  changes: Changes,
  options: ChangeOptions,
): Promise<void> {
  return applyPlan(context, () => makePlan(context, changes, options), options);
}

/** A plan that was made before, by anybody. */
export function applyPlanById(context: CommandContext, id: string, options: ChangeOptions): Promise<void> {
  return applyPlan(context, (client) => client.call("GET", `/plans/${encodeURIComponent(id)}`), options);
}

async function applyPlan(
  context: CommandContext,
  find: (client: Client) => Promise<PlanView>,
  options: ChangeOptions,
): Promise<void> {
  const { terminal } = context;
  if (options.json && !options.yes)
    throw usageError("--json cannot ask.", "Add --yes to apply, or use `graft plan` to look first.");
  const client = context.client();
  const plan = await find(client);
  if (!options.json) showPlan(terminal, plan, options);
  assertNothingMissing(plan);
  const confirm = await confirmPlan(context, plan, options);
  if (!confirm) return;
  const consent = consentsOf(plan);
  const started = await client.call<OperationView>("POST", "/operations", {
    plan: plan.id,
    ...(confirm.length > 0 ? { confirm } : {}),
    ...(consent.length > 0 ? { consent } : {}),
  });
  if (!options.json) terminal.err("");
  const progress = options.json ? () => {} : createProgress(terminal);
  const operation = await followOperation(client, started, progress);
  const { output } = options;
  const saved = output === undefined ? [] : await saveDownloads(context, client, { operation, dir: output });
  answer({ terminal, json: options.json }, operation, () => showEnd(context, { client, operation, saved }));
  if (operation.status !== "succeeded") context.exitWith(1);
}

/** The names confirmed for deletion; null when the person said no. */
async function confirmPlan(
  context: CommandContext,
  plan: PlanView,
  options: ChangeOptions,
): Promise<string[] | null> {
  const { terminal } = context;
  const deleted = plan.steps.filter((step) => step.data === "delete").map((step) => step.module);
  const confirmed = options.confirm ?? [];
  for (const name of deleted.filter((module) => !confirmed.includes(module))) {
    const typed = options.yes
      ? null
      : await terminal.ask(`\nThis deletes all data of ${name}. Type its name: `);
    if (typed === null)
      throw usageError(`Deleting the data of ${name} must be confirmed.`, `Add --confirm ${name}.`);
    if (typed.trim() !== name) return refuse(context);
    confirmed.push(name);
  }
  for (const name of options.acceptPermissions ? [] : consentsOf(plan)) {
    const reply = options.yes ? null : await terminal.ask(`\nAccept the new permissions of ${name}? [y/N] `);
    if (reply === null)
      throw usageError(
        `${name} asks for permissions that its installed version had not.`,
        "Read them with `graft plan upgrade`, then add --accept-permissions.",
      );
    if (!isYes(reply)) return refuse(context);
  }
  if (options.yes || (deleted.length > 0 && options.confirm === undefined)) return confirmed;
  const reply = await terminal.ask("\nApply this plan? [y/N] ");
  if (reply === null) throw usageError("Nobody is here to confirm the plan.", "Add --yes to apply it.");
  return isYes(reply) ? confirmed : refuse(context);
}

const isYes = (reply: string) => /^y(es)?$/i.test(reply.trim());

/** Modules whose new permissions have to be accepted. */
function consentsOf({ permissionChanges }: PlanView): string[] {
  return [...new Set(permissionChanges.filter(({ consent }) => consent).map(({ module }) => module))];
}

function refuse({ terminal, exitWith }: CommandContext): null {
  terminal.err("Nothing was changed.");
  exitWith(1);
  return null;
}

/** Streams each exported file into `dir`. @returns the paths */
async function saveDownloads(
  { cwd }: CommandContext,
  client: Client,
  { operation: { downloads }, dir }: { operation: OperationView; dir: string },
): Promise<string[]> {
  const folder = resolve(cwd, dir);
  await mkdir(folder, { recursive: true });
  const saved: string[] = [];
  for (const { module, keptDataId } of downloads) {
    const body = await client.download(`/kept-data/${keptDataId}/file`);
    const path = join(folder, `${module}-${keptDataId}.ndjson.gz`);
    await pipeline(body, createWriteStream(path, { flags: "wx", mode: 0o600 }));
    saved.push(path);
  }
  return saved;
}

const outcomes: Partial<Record<OperationView["status"], string>> = {
  reverted: "It did not become healthy and was taken back.",
  attention: "It could not be taken back, so its modules are stopped: `graft attention` says why.",
};

function showEnd(
  { terminal }: CommandContext,
  { client, operation, saved }: { client: Client; operation: OperationView; saved: string[] },
): void {
  const { style } = terminal;
  if (operation.status === "succeeded") {
    const generation = operation.generation === null ? "" : ` Generation ${operation.generation}.`;
    terminal.out(`${style("green", "Done:")} ${operation.title}.${generation}`);
    for (const path of saved) terminal.out(`Saved ${path}`);
    for (const { module, bytes } of saved.length > 0 ? [] : operation.downloads)
      terminal.out(`Data of ${module} (${formatBytes(bytes)}) can be downloaded at ${client.url}/admin/data`);
    return;
  }
  const outcome = outcomes[operation.status] ?? "Nothing was changed.";
  const failed = operation.steps.filter((step) => step.status === "failed").length;
  terminal.err(`${style("red", `${operation.title}: ${operation.status}.`)} ${outcome}`);
  if (operation.error) terminal.err(`${operation.error.code}: ${operation.error.detail}`);
  else if (failed > 0) terminal.err(`${count(failed, "step")} failed.`);
  if (operation.error?.hint) terminal.err(style("dim", operation.error.hint));
}
