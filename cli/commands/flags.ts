import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import type { FlagChange, FlagdDocument, FlagView } from "../../contract/flags.ts";
import type { Page } from "../../contract/page.ts";
import { usageError } from "../cli-error.ts";
import { type AddCommands, answer, type CommandContext, jsonOption } from "../context.ts";
import { formatTime, type Terminal, table } from "../terminal.ts";

/** flags, flags show, on, off, archive, restore, remove, import, export, history, undo. */
export const addFlagCommands: AddCommands = (program, context) => {
  const { terminal, client } = context;
  const flags = program.command("flags").description("what is switched for whom");
  flags
    .command("list", { isDefault: true })
    .description("every flag, of modules and of administrators")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const found = await client().call<Page<FlagView>>("GET", "/flags");
      answer(terminal, json, found, ({ items }) => showFlags(terminal, items));
    });
  flags
    .command("show")
    .description("a flag with its definition, as flagd writes it")
    .argument("<key>", "as the list shows it")
    .option(...jsonOption)
    .action(async (key: string, { json }) => {
      const flag = await client().call<FlagView>("GET", pathOf(key));
      answer(terminal, json, flag, () => terminal.out(JSON.stringify(flag.definition, null, 2)));
    });
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
      answer(terminal, json, flag, () => showFlags(terminal, [flag]));
    });
}

function addDocuments(flags: Command, { terminal, client }: CommandContext): void {
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
    .argument("<file>", "a flagd document")
    .option(...jsonOption)
    .action(async (file: string, { json }) => {
      const saved = await client().call<Page<FlagView>>("PUT", "/flags", await readDocument(file));
      answer(terminal, json, saved, ({ items }) => showFlags(terminal, items));
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
      answer(terminal, json, changes, ({ items }) =>
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

async function readDocument(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw usageError(`${file} cannot be read: ${error.message}.`, "Name a file that holds a flagd document.");
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw usageError(`${file} is not JSON: ${(error as Error).message}.`, "`graft flags export` writes one.");
  }
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
