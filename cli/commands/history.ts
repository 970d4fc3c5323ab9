import type { GenerationDifference, GenerationView, ModuleChange } from "../../contract/generation.ts";
import type { Page } from "../../contract/page.ts";
import { formatAccess } from "../access-setting.ts";
import { usageError } from "../cli-error.ts";
import { type AddCommands, answer, jsonOption } from "../context.ts";
import { count, formatTime, type Terminal, table } from "../terminal.ts";

/** history, history show, history diff: the generations, one of them, and how two of them differ. */
export const addHistoryCommands: AddCommands = (program, { terminal, client }) => {
  const history = program
    .command("history")
    .description("the generations, newest first")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const found = await client().call<Page<GenerationView>>("GET", "/generations");
      answer({ terminal, json }, found, ({ items }) => {
        if (items.length === 0) return terminal.out("Nothing has changed yet.");
        const rows = items.map((one) => [
          `${one.number}${one.current ? " *" : ""}`,
          formatTime(one.createdAt),
          one.actorName,
          count(one.modules.length, "module"),
          one.reason,
          one.changes.map(moduleWords).join(", "),
        ]);
        return table(terminal, ["number", "time", "by", "modules", "change", "against the one before"], rows);
      });
    });
  history
    .command("show")
    .description("one generation: its modules, and what it changed")
    .argument("<generation>", "its number")
    .option(...jsonOption)
    .action(async (number: string, { json }) => {
      const path = `/generations/${readGeneration(number)}`;
      const found = await client().call<GenerationView>("GET", path);
      answer({ terminal, json }, found, () => showGeneration(terminal, found));
    });
  history
    .command("diff")
    .description("how the second generation differs from the first")
    .argument("<from>", "its number")
    .argument("<to>", "its number")
    .option(...jsonOption)
    .action(async (from: string, to: string, { json }) => {
      const path = `/generations/${readGeneration(from)}/difference/${readGeneration(to)}`;
      const found = await client().call<GenerationDifference>("GET", path);
      answer({ terminal, json }, found, (difference) => showDifference(terminal, difference));
    });
};

function readGeneration(text: string): string {
  if (!/^\d+$/.test(text)) throw usageError(`"${text}" is not the number of a generation.`);
  return text;
}

function showGeneration(terminal: Terminal, generation: GenerationView): void {
  const { number, createdAt, actorName, reason, modules, changes } = generation;
  terminal.out(`Generation ${number}, ${formatTime(createdAt)}, by ${actorName}: ${reason}`);
  for (const change of changes) terminal.out(`  ${moduleWords(change)}`);
  const rows = modules.map(({ name, version, digest }) => [name, version, digest.slice(0, 19)]);
  if (rows.length > 0) table(terminal, ["module", "version", "digest"], rows);
}

function showDifference({ out }: Terminal, difference: GenerationDifference): void {
  const { from, to, modules, access, config, migrations, settingsKnown } = difference;
  for (const change of modules) out(moduleWords(change));
  const rule = (target: string, setting: (typeof access)[number]["from"]) =>
    setting === null && target.includes("/") ? "as the module" : formatAccess(setting);
  for (const { target, ...change } of access)
    out(`access of ${target}: ${rule(target, change.from)} → ${rule(target, change.to)}`);
  for (const { module, key, secret, ...value } of config)
    out(
      `setting ${key} of ${module}: ${secret ? "changed (secret)" : `${show(value.from)} → ${show(value.to)}`}`,
    );
  for (const { module, name, change } of migrations) out(`migration ${name} of ${module}: ${change}`);
  const same = modules.length + access.length + config.length + migrations.length === 0;
  if (same) out(`Generations ${from} and ${to} ${settingsKnown ? "are the same" : "have the same modules"}.`);
  if (!settingsKnown)
    out("Access and settings cannot be compared: one of the two was left before Graft recorded them.");
}

function moduleWords({ kind, name, from, to }: ModuleChange): string {
  return `${kind} ${name} ${kind === "rebuilt" ? to : [from, to].filter(Boolean).join(" → ")}`;
}

function show(value: unknown): string {
  return value === null ? "not set" : JSON.stringify(value);
}
