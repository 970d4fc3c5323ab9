import type { Command } from "commander";
import type { NotificationPage, NotificationPreferenceView } from "../../contract/notifications.ts";
import type { Page } from "../../contract/page.ts";
import { usageError } from "../cli-error.ts";
import { type AddCommands, answer, type CommandContext, jsonOption, query } from "../context.ts";
import { formatTime, type Terminal, table } from "../terminal.ts";

type Preferences = Page<NotificationPreferenceView>;

/** notifications: list, read, unread, preferences, prefer. Your own. */
export const addNotificationCommands: AddCommands = (program, context) => {
  const { terminal, client } = context;
  const notifications = program.command("notifications").description("what modules told you");
  notifications
    .command("list", { isDefault: true })
    .description("the newest first")
    .option("--unread", "only those not read yet")
    .option("-n, --limit <count>", "how many", "50")
    .option(...jsonOption)
    .action(async ({ unread, limit, json }) => {
      const path = `/me/notifications${query({ unread, limit })}`;
      const found = await client().call<NotificationPage>("GET", path);
      answer({ terminal, json }, found, () => showNotifications(terminal, found));
    });
  notifications
    .command("read")
    .description("mark as read")
    .argument("[id...]", "from the list; without any, all of them")
    .option(...jsonOption)
    .action(async (ids: string[], { json }) => {
      const body = ids.length === 0 ? {} : { ids };
      const marked = await client().call<{ changed: number }>("POST", "/me/notifications/read", body);
      answer({ terminal, json }, marked, () => terminal.out(`${marked.changed} marked as read.`));
    });
  notifications
    .command("unread")
    .description("mark as unread again")
    .argument("<id...>", "from the list")
    .option(...jsonOption)
    .action(async (ids: string[], { json }) => {
      const marked = await client().call<{ changed: number }>("POST", "/me/notifications/unread", { ids });
      answer({ terminal, json }, marked, () => terminal.out(`${marked.changed} marked as unread.`));
    });
  addPreferences(notifications, context);
};

function addPreferences(notifications: Command, { terminal, client }: CommandContext): void {
  const path = "/me/notification-preferences";
  notifications
    .command("preferences")
    .description("where you want which kind")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const found = await client().call<Preferences>("GET", path);
      answer({ terminal, json }, found, () => showPreferences(terminal, found));
    });
  notifications
    .command("prefer")
    .description("choose where you want one kind; what is not given stays as it is")
    .argument("<module>", "its name")
    .argument("<kind>", "as the preferences show it")
    .option("--bell <on|off>", "in the browser")
    .option("--mail <on|off>", "by mail, where the host sends any")
    .option(...jsonOption)
    .action(async (module: string, kind: string, { bell, mail, json }) => {
      const api = client();
      const { items } = await api.call<Preferences>("GET", path);
      const now = items.find((one) => one.module === module && one.kind === kind);
      if (now === undefined)
        throw usageError(`${module} sends you no ${kind}.`, "`graft notifications preferences` lists them.");
      const body = { bell: readSwitch(bell, now.bell), mail: readSwitch(mail, now.mail) };
      const address = `${path}/${encodeURIComponent(module)}/${encodeURIComponent(kind)}`;
      const saved = await api.call<Preferences>("PUT", address, body);
      answer({ terminal, json }, saved, () => showPreferences(terminal, saved));
    });
}

function readSwitch(text: string | undefined, now: boolean): boolean {
  if (text === undefined) return now;
  if (text !== "on" && text !== "off") throw usageError(`"${text}" is neither on nor off.`);
  return text === "on";
}

function showNotifications(terminal: Terminal, { items, unread }: NotificationPage): void {
  terminal.out(`${unread} unread.`);
  const rows = items.map(({ id, createdAt, moduleTitle, title, readAt }) => [
    id,
    formatTime(createdAt),
    moduleTitle,
    title,
    readAt === null ? "unread" : "",
  ]);
  if (rows.length > 0) table(terminal, ["id", "when", "module", "what", ""], rows);
}

function showPreferences(terminal: Terminal, { items }: Preferences): void {
  const word = (on: boolean) => (on ? "on" : "off");
  const rows = items.map(({ module, kind, title, bell, mail }) => [
    ...[module, kind, title],
    ...[word(bell), word(mail)],
  ]);
  table(terminal, ["module", "kind", "what", "bell", "mail"], rows);
}
