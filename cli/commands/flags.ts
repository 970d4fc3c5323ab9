import type { Command } from "commander";
import type {
  ArchiveProposal,
  FlagChange,
  FlagdDocument,
  FlagExplanation,
  FlagPreview,
  FlagUsage,
  FlagView,
  ImportPlan,
} from "../../contract/flags.ts";
import type { Page } from "../../contract/page.ts";
import { type AddCommands, answer, type CommandContext, jsonOption, query } from "../context.ts";
import { findUser } from "../find-user.ts";
import { readJsonFile, readTextFile } from "../read-file.ts";
import { showExplanation } from "../show-explanation.ts";
import { showPreview } from "../show-preview.ts";
import { formatTime, type Terminal, table } from "../terminal.ts";

/** flags: list, show, set, explain, usage, stale, on, off, archive, restore, remove, import, export, history, undo. */
export const addFlagCommands: AddCommands = (program, context) => {
  const { terminal, client } = context;
  const flags = program.command("flags").description("what is switched for whom");
  flags
    .command("list", { isDefault: true })
    .description("every flag, of modules and of administrators")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const found = await client().call<Page<FlagView>>("GET", "/flags");
      answer({ terminal, json }, found, ({ items }) => showFlags(terminal, items));
    });
  flags
    .command("show")
    .description("a flag with its definition, as flagd writes it")
    .argument("<key>", "as the list shows it")
    .option(...jsonOption)
    .action(async (key: string, { json }) => {
      const flag = await client().call<FlagView>("GET", pathOf(key));
      answer({ terminal, json }, flag, () => terminal.out(JSON.stringify(flag.definition, null, 2)));
    });
  addSet(flags, context);
  addEvidence(flags, context);
  const changes: Change[] = [
    { name: "on", text: "switch a flag on again", part: "switch", body: { on: true } },
    {
      ...{ name: "off", text: "the kill switch: everybody gets the value in the code, at once" },
      ...{ part: "switch", body: { on: false } },
    },
    { name: "archive", text: "take a flag out of use", part: "archived", body: { archived: true } },
    { name: "restore", text: "bring an archived flag back", part: "archived", body: { archived: false } },
  ];
  for (const change of changes) addChange(flags, context, change);
  flags
    .command("remove")
    .description("remove a flag; a module's goes back to what the module declares")
    .argument("<key>", "as the list shows it")
    .action(async (key: string) => {
      await client().call("DELETE", pathOf(key));
      terminal.out(`${key} is removed.`);
    });
  addDocuments(flags, context);
  addHistory(flags, context);
};

const pathOf = (key: string) => `/flags/${encodeURIComponent(key)}`;

interface Change {
  name: string;
  text: string;
  /** Below the flag's address. */
  part: "switch" | "archived";
  body: Record<string, boolean>;
}

function addChange(
  flags: Command,
  { terminal, client }: CommandContext,
  { name, text, part, body }: Change,
): void {
  flags
    .command(name)
    .description(text)
    .argument("<key>", "as the list shows it")
    .option(...jsonOption)
    .action(async (key: string, { json }) => {
      const flag = await client().call<FlagView>("PUT", `${pathOf(key)}/${part}`, body);
      answer({ terminal, json }, flag, () => showFlags(terminal, [flag]));
    });
}

function addSet(flags: Command, context: CommandContext): void {
  const { terminal, client } = context;
  const definition = [
    "<file>",
    "its definition as JSON, as `graft flags show` prints it; - for standard input",
  ] as const;
  flags
    .command("set")
    .description("make a flag, or replace its definition")
    .argument("<key>", "as the list shows it")
    .argument(...definition)
    .option("--preview", "only say who would get something else")
    .option(...jsonOption)
    .action(async (key: string, file: string, { preview, json }) => {
      const body = await readJsonFile(context, file);
      if (preview) {
        const found = await client().call<FlagPreview>("POST", `${pathOf(key)}/preview`, body);
        return answer({ terminal, json }, found, () => showPreview(terminal, found));
      }
      const flag = await client().call<FlagView>("PUT", pathOf(key), body);
      answer({ terminal, json }, flag, () => showFlags(terminal, [flag]));
    });
  flags
    .command("explain")
    .description("what one user gets, by which rule, and what would change it")
    .argument("<key>", "as the list shows it")
    .argument("<email>", "by which they sign in")
    .option("--definition <file>", "with this definition instead of the stored one")
    .option(...jsonOption)
    .action(async (key: string, email: string, { definition: file, json }) => {
      const api = client();
      const { id } = await findUser(api, email);
      const path = `${pathOf(key)}/users/${id}`;
      const found = await (file === undefined
        ? api.call<FlagExplanation>("GET", path)
        : api.call<FlagExplanation>("POST", `${path}/preview`, await readJsonFile(context, file)));
      answer({ terminal, json }, found, () => showExplanation(terminal, found));
    });
}

/** What was counted: whether a flag is still of use. */
function addEvidence(flags: Command, { terminal, client }: CommandContext): void {
  const daysOption = ["--days <count>", "looking back so many days", "30"] as const;
  flags
    .command("usage")
    .description("how often a flag was asked for")
    .argument("<key>", "as the list shows it")
    .option(...daysOption)
    .option(...jsonOption)
    .action(async (key: string, { days, json }) => {
      const usage = await client().call<FlagUsage>("GET", `${pathOf(key)}/usage${query({ days })}`);
      answer({ terminal, json }, usage, ({ asked, sent, lastAt }) =>
        terminal.out(`By its name: ${asked}. Along with others: ${sent}. Last: ${formatTime(lastAt)}.`),
      );
    });
  flags
    .command("stale")
    .description("flags that could go, with the evidence")
    .option(...daysOption)
    .option(...jsonOption)
    .action(async ({ days, json }) => {
      const path = `/flag-archive-proposals${query({ days })}`;
      const found = await client().call<Page<ArchiveProposal>>("GET", path);
      answer({ terminal, json }, found, ({ items }) => {
        if (items.length === 0) return terminal.out("None.");
        const rows = items.map(({ key, evidence }) => [key, evidence.join(" ")]);
        return table(terminal, ["flag", "why"], rows);
      });
    });
}

function addDocuments(flags: Command, context: CommandContext): void {
  const { terminal, client } = context;
  flags
    .command("export")
    .description("every flag as one flagd document, on standard output")
    .action(async () => {
      const document = await client().call<FlagdDocument>("GET", "/flag-definitions");
      terminal.out(JSON.stringify(document, null, 2));
    });
  flags
    .command("import")
    .description("write the flags of a flagd document, all or none; flags it does not name stay")
    .argument("<file>", "a flagd document; - for standard input")
    .option("--preview", "only say what it would do, or what is wrong with it, by line")
    .option(...jsonOption)
    .action(async (file: string, { preview, json }) => {
      if (preview) {
        const text = await readTextFile(context, file);
        const plan = await client().call<ImportPlan>("POST", "/flag-definitions/preview", { text });
        answer({ terminal, json }, plan, () => showImport(terminal, plan));
        if (plan.problems.length > 0) context.exitWith(1);
        return;
      }
      const saved = await client().call<Page<FlagView>>("PUT", "/flags", await readJsonFile(context, file));
      answer({ terminal, json }, saved, ({ items }) => showFlags(terminal, items));
    });
}

function addHistory(flags: Command, { terminal, client }: CommandContext): void {
  flags
    .command("history")
    .description("what was changed of flags and of access, newest first")
    .argument("[key]", "of one flag alone")
    .option(...jsonOption)
    .action(async (key: string | undefined, { json }) => {
      const path = `/flag-changes${key === undefined ? "" : `?key=${encodeURIComponent(key)}`}`;
      const changes = await client().call<Page<FlagChange>>("GET", path);
      answer({ terminal, json }, changes, ({ items }) =>
        table(
          terminal,
          ["id", "when", "who", "what"],
          items.map(({ id, at, actorName, summary }) => [id, formatTime(at), actorName, summary]),
        ),
      );
    });
  flags
    .command("undo")
    .description("put back what stood before a change")
    .argument("<id>", "of the change, from the history")
    .action(async (id: string) => {
      await client().call("POST", `/flag-changes/${encodeURIComponent(id)}/undo`);
      terminal.out("Undone.");
    });
}

function showImport(terminal: Terminal, { problems, flags, evaluators }: ImportPlan): void {
  for (const { line, column, message } of problems) terminal.out(`${line}:${column} ${message}`);
  const rows = flags.map(({ key, kind, users }) => [key, kind, String(users)]);
  if (rows.length > 0) table(terminal, ["flag", "", "users it changes for"], rows);
  if (evaluators.length > 0) terminal.out(`Shared evaluators: ${evaluators.join(", ")}`);
}

function showFlags(terminal: Terminal, flags: readonly FlagView[]): void {
  if (flags.length === 0) {
    terminal.out("There are no flags.");
    return;
  }
  const state = ({ archived, definition }: FlagView) =>
    archived ? "archived" : definition.state === "ENABLED" ? "on" : "off";
  const rows = flags.map((flag) => [flag.key, state(flag), flag.type, flag.module ?? "", flag.description]);
  table(terminal, ["flag", "state", "type", "module", "what for"], rows);
}
