import { Argument, type Command } from "commander";
import type { AccessSetting } from "../../contract/access.ts";
import type { AccessExplanationView, HoldersView } from "../../contract/decisions.ts";
import type { FlagPreview, RolloutView } from "../../contract/flags.ts";
import { type RolloutAction, rolloutActions } from "../../sdk/flags/index.ts";
import { formatAccess, parseAccess } from "../access-setting.ts";
import { usageError } from "../cli-error.ts";
import { type AddCommands, answer, type CommandContext, jsonOption } from "../context.ts";
import { findUser } from "../find-user.ts";
import { readJsonFile } from "../read-file.ts";
import { showExplanation } from "../show-explanation.ts";
import { showPreview } from "../show-preview.ts";
import { table } from "../terminal.ts";

interface AccessOptions {
  rules?: string;
  inherit?: boolean;
  give?: string;
  take?: string;
  preview?: boolean;
  explain?: string;
  holders?: boolean;
  json?: boolean;
}

/** access, rollout: who gets a module or one of its widgets, and how fast. */
export const addAccessCommands: AddCommands = (program, context) => {
  program
    .command("access")
    .description("show or set who gets a module or one of its widgets")
    .argument("<module[/widget]>", "polls, or polls/active for one widget")
    .argument("[setting]", "everyone, nobody, groups:KEY,KEY or 10%:KEY,KEY")
    .option("--rules <file>", "set it by rules: flagd's targeting as JSON, which answers given or withheld")
    .option("--inherit", "a widget follows its module again")
    .option("--give <group>", "give it to one more group")
    .option("--take <group>", "take it from one group")
    .option("--preview", "only say who would gain and lose with this setting")
    .option("--explain <email>", "whether one user gets it, and why")
    .option("--holders", "everybody who was given it, and why")
    .option(...jsonOption)
    .action((target: string, setting: string | undefined, options: AccessOptions) =>
      access(context, { target, setting }, options),
    );
  addRollout(program, context);
};

/** Of who gets a module (`polls`) or a widget (`polls/active`). */
function accessPath(target: string): string {
  const [module = "", widget] = target.split("/");
  const ofWidget = widget === undefined ? "" : `/widgets/${encodeURIComponent(widget)}`;
  return `/modules/${encodeURIComponent(module)}${ofWidget}/access`;
}

async function access(
  context: CommandContext,
  { target, setting: text }: { target: string; setting: string | undefined },
  options: AccessOptions,
): Promise<void> {
  const { terminal } = context;
  const { rules, inherit, give, take, preview, explain, holders, json } = options;
  const asked = [text, rules, inherit, give, take, explain, holders].filter((one) => one !== undefined);
  if (asked.length > 1)
    throw usageError("These say different things.", "Give a setting or one of the options.");
  if (inherit && !target.includes("/"))
    throw usageError("A module has nothing to follow.", "Name a widget, as polls/active.");
  const setting = text !== undefined ? parseAccess(text) : rules && (await readRules(context, rules));
  if (preview && !setting) throw usageError("A preview of what?", "Give a setting, or --rules.");
  const path = accessPath(target);
  const api = context.client();
  const show = (result: AccessSetting) => terminal.out(`${target}: ${formatAccess(result)}`);
  if (explain !== undefined) {
    const { id } = await findUser(api, explain);
    const found = await api.call<AccessExplanationView>("GET", `${path}/users/${id}`);
    return answer({ terminal, json }, found, () => showExplanation(terminal, found));
  }
  if (holders) {
    const found = await api.call<HoldersView>("GET", `${path}/holders`);
    return answer({ terminal, json }, found, () => showHolders(context, found));
  }
  if (preview) {
    const found = await api.call<FlagPreview>("POST", `${path}/preview`, setting);
    return answer({ terminal, json }, found, () => showPreview(terminal, found));
  }
  const group = give ?? take;
  const call = async () => {
    if (group !== undefined) {
      const address = `${path}/groups/${encodeURIComponent(group)}`;
      return api.call<AccessSetting>(give === undefined ? "DELETE" : "PUT", address);
    }
    if (inherit) return api.call<AccessSetting>("DELETE", path);
    return setting ? api.call<AccessSetting>("PUT", path, setting) : api.call<AccessSetting>("GET", path);
  };
  answer({ terminal, json }, await call(), show);
}

/** Targeting alone, or a whole setting as the API answers it. */
async function readRules(context: CommandContext, file: string): Promise<unknown> {
  const found = (await readJsonFile(context, file)) as { mode?: unknown } | null;
  return found?.mode === "rules" ? found : { mode: "rules", targeting: found };
}

function showHolders({ terminal }: CommandContext, { count, users, items }: HoldersView): void {
  terminal.out(`${count} of ${users} users.`);
  if (items.length > 0)
    table(
      terminal,
      ["email", "name", "why"],
      items.map(({ email, name, text }) => [email, name, text]),
    );
}

function addRollout(program: Command, { terminal, client }: CommandContext): void {
  program
    .command("rollout")
    .description("hold a roll-out in steps, continue it, or begin its next step now")
    .addArgument(new Argument("<action>").choices(rolloutActions))
    .argument("<target>", "a flag; a widget (polls/active); with --module a module")
    .option("--module", "the target is a module: who gets it")
    .option(...jsonOption)
    .action(async (action: RolloutAction, target: string, { json, module: isModule }) => {
      const ofAccess = isModule || target.includes("/");
      const path = ofAccess ? accessPath(target) : `/flags/${encodeURIComponent(target)}`;
      const result = await client().call<RolloutView>("POST", `${path}/rollout`, { action });
      const undo = result.changeId === null ? "" : ` Undo: graft flags undo ${result.changeId}`;
      answer({ terminal, json }, result, () => terminal.out(`${target}: ${rolloutWords[action]}.${undo}`));
    });
}

const rolloutWords: Record<RolloutAction, string> = {
  hold: "on hold",
  continue: "goes on",
  advance: "at its next step",
};
