import { readdir } from "node:fs/promises";
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

test("no file of commands is forgotten", async () => {
  const files = await readdir(join(import.meta.dirname, "commands"));
  expect(commandFiles).toHaveLength(files.filter((file) => !file.includes(".test.")).length);
});
