import type { Command } from "commander";
import type { HomeLayout } from "../../contract/home.ts";
import { usageError } from "../cli-error.ts";
import { type AddCommands, answer, type CommandContext, jsonOption } from "../context.ts";
import { findUser } from "../find-user.ts";
import { readJsonFile } from "../read-file.ts";
import { type Terminal, table } from "../terminal.ts";

interface Whose {
  group?: string;
  everyone?: boolean;
}

/** home: show, set, reset; your own, a group's, or what everyone begins with. */
export const addHomeCommands: AddCommands = (program, context) => {
  const { terminal, client } = context;
  const home = program.command("home").description("the widgets on a home and their places");
  whose(home.command("show", { isDefault: true }), "what is on it")
    .option("--user <email>", "of this user, as it looks to them")
    .option(...jsonOption)
    .action(async ({ json, user, ...options }) => {
      const api = client();
      const path = user === undefined ? pathOf(options) : `/users/${(await findUser(api, user)).id}/home`;
      const layout = await api.call<HomeLayout>("GET", path);
      answer({ terminal, json }, layout, () => showLayout(terminal, layout));
    });
  whose(home.command("set"), "arrange it")
    .argument("<file>", "the items as JSON, as `graft home show --json` prints them; - for standard input")
    .option(...jsonOption)
    .action(async (file: string, { json, ...options }) => {
      const items = await readItems(context, file);
      const layout = await client().call<HomeLayout>("PUT", pathOf(options), { items });
      answer({ terminal, json }, layout, () => showLayout(terminal, layout));
    });
  whose(home.command("reset"), "back to what one begins with").action(async (options) => {
    await client().call("DELETE", pathOf(options));
    terminal.out("It is as it was before anybody arranged it.");
  });
};

function whose(command: Command, description: string): Command {
  return command
    .description(description)
    .option("--group <key>", "what members of this group begin with; else your own")
    .option("--everyone", "what everyone begins with whose groups have none");
}

function pathOf({ group, everyone }: Whose): string {
  if (group !== undefined && everyone) throw usageError("Whose home?", "Give --group or --everyone.");
  if (group !== undefined) return `/groups/${encodeURIComponent(group)}/home`;
  return everyone ? "/home" : "/me/home";
}

/** A list of items, or a whole layout. */
async function readItems(context: CommandContext, file: string): Promise<unknown> {
  const found = (await readJsonFile(context, file)) as { items?: unknown } | null;
  return Array.isArray(found) ? found : found?.items;
}

function showLayout(terminal: Terminal, { items, source, group }: HomeLayout): void {
  terminal.out(`${sources[source]}${source === "group" && group !== null ? ` ${group}` : ""}.`);
  const rows = items.map(({ widget, x, y, w, h, locked }) => [
    widget,
    `${x}, ${y}`,
    `${w} × ${h}`,
    locked ? "locked" : "",
  ]);
  if (rows.length > 0) table(terminal, ["widget", "at", "size", ""], rows);
}

const sources: Record<HomeLayout["source"], string> = {
  own: "Arranged by yourself",
  group: "Arranged for the group",
  everyone: "Arranged for everyone",
  generated: "Not arranged: everything there is, by size",
};
