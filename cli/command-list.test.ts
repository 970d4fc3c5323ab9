import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { expect, test } from "vitest";
import { commandFiles } from "./command-list.ts";
import { createContext } from "./context.ts";
import { createTerminal } from "./terminal.ts";

const context = createContext({ terminal: createTerminal(), env: {}, cwd: "/", exitWith() {} });

test("each file adds exactly the commands it is listed with", async () => {
  for (const { names, load } of commandFiles) {
    const program = new Command();
    (await load())(program, context);
    expect(program.commands.map((command) => command.name())).toEqual(names);
  }
});

test("every command has a line in docs/cli.md, and every line there is a command", async () => {
  const program = new Command();
  for (const { load } of commandFiles) (await load())(program, context);
  const linesOf = (command: Command, before: string[]): string[] =>
    command.commands.flatMap((child) => {
      const path = [...before, child.name()];
      return [path.join(" "), ...linesOf(child, path)];
    });
  const docs = await readFile(join(import.meta.dirname, "../docs/cli.md"), "utf8");
  const said = [...docs.matchAll(/^\| `graft ([a-z -]+?)(?: [[<A-Z-].*?)?` \|/gm)].map(([, name = ""]) =>
    name.trim(),
  );
  const parents = new Set(linesOf(program, []).map((line) => line.split(" ").slice(0, -1).join(" ")));
  const leaves = linesOf(program, []).filter((line) => !parents.has(line));
  expect(leaves.filter((line) => !said.includes(line))).toEqual([]);
  expect(said.filter((line) => !leaves.includes(line) && !parents.has(line))).toEqual([]);
});

test("no file of commands is forgotten", async () => {
  const files = await readdir(join(import.meta.dirname, "commands"));
  expect(commandFiles).toHaveLength(files.filter((file) => !file.includes(".test.")).length);
});
