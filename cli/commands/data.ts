import type {
  Expired,
  KeptDataView,
  RetentionAnswer,
  RetentionInput,
  RetentionView,
} from "../../contract/kept-data.ts";
import type { Page } from "../../contract/page.ts";
import { usageError } from "../cli-error.ts";
import { type AddCommands, answer, type CommandContext, jsonOption } from "../context.ts";
import { saveDownload } from "../save-download.ts";
import { count, formatBytes, formatTime, type Terminal, table } from "../terminal.ts";
import { addDataRestore } from "./change.ts";

interface RetentionOptions {
  snapshots?: string;
  snapshotDays?: string;
  keptDays?: string;
  yes?: boolean;
  json?: boolean;
}

const kinds = { kept: "kept", exported: "export", snapshot: "snapshot" };
const path = "/kept-data/retention";
const idArgument = ["<id>", "see `graft data list`"] as const;

/** data list, restore, export, delete, retention: snapshots, and what uninstalled modules left. */
export const addDataCommands: AddCommands = (program, context) => {
  const { terminal, client } = context;
  const data = program.command("data").description("snapshots, and what uninstalled modules left behind");
  data
    .command("list")
    .description("all of it, newest first")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const found = await client().call<Page<KeptDataView>>("GET", "/kept-data");
      answer({ terminal, json }, found, ({ items }) => showItems(terminal, items));
    });
  addDataRestore(data, context);
  data
    .command("export")
    .description("download a snapshot or an export")
    .argument(...idArgument)
    .argument("<file>", "where to; it must not be there yet")
    .option(...jsonOption)
    .action(async (id: string, to: string, { json }) => {
      const { file, bytes } = await saveDownload(context, `/kept-data/${encodeURIComponent(id)}/file`, to);
      answer({ terminal, json }, { id, file, bytes }, () => terminal.out(`${file}: ${formatBytes(bytes)}.`));
    });
  data
    .command("delete")
    .description("delete a snapshot, an export or kept data for good")
    .argument(...idArgument)
    .option("-y, --yes", "without asking")
    .option(...jsonOption)
    .action((id: string, options) => deleteItem(context, id, options));
  data
    .command("retention")
    .description("how long they stay; with options, set it: what is not given stays as it is")
    .option("--snapshots <count>", "the newest of each module that stay")
    .option("--snapshot-days <days>", "how many days snapshots stay, or forever")
    .option("--kept-days <days>", "how many days kept data and exports stay, or forever")
    .option("-y, --yes", "delete what is beyond it without asking")
    .option(...jsonOption)
    .action((options: RetentionOptions) => retention(context, options));
};

function showItems(terminal: Terminal, items: KeptDataView[]): void {
  if (items.length === 0) {
    terminal.out("Nothing is kept.");
    return;
  }
  const rows = items.map(({ id, module, version, kind, rows, bytes, createdAt, reason }) => [
    ...[id, module, version, kinds[kind], String(rows), formatBytes(bytes), formatTime(createdAt)],
    reason ?? "–",
  ]);
  table(terminal, ["id", "module", "version", "kind", "rows", "size", "since", "why taken"], rows);
}

async function deleteItem(
  context: CommandContext,
  id: string,
  { yes, json }: { yes?: boolean; json?: boolean },
): Promise<void> {
  const { terminal } = context;
  const client = context.client();
  const { items } = await client.call<Page<KeptDataView>>("GET", "/kept-data");
  const found = items.find((item) => item.id === id);
  if (found && !yes) {
    const what = `the ${kinds[found.kind]} of ${found.module} ${found.version}, ${count(found.rows, "row")}`;
    const question = `This deletes ${what}, for good. Type the name of the module: `;
    const typed = json ? null : await terminal.ask(question);
    if (typed === null) throw usageError("Deleting data must be confirmed.", "Add --yes.");
    if (typed.trim() !== found.module) return refuse(context);
  }
  await client.call("DELETE", `/kept-data/${encodeURIComponent(id)}`);
  answer({ terminal, json }, { id }, () => terminal.out(`Deleted ${id}.`));
}

async function retention(context: CommandContext, options: RetentionOptions): Promise<void> {
  const { terminal } = context;
  const client = context.client();
  const saved = await client.call<RetentionView>("GET", path);
  const { snapshots, snapshotDays, keptDays, yes, json } = options;
  if (snapshots === undefined && snapshotDays === undefined && keptDays === undefined)
    return answer({ terminal, json }, saved, () => showRetention(terminal, saved));
  const wanted: RetentionInput = {
    snapshotsPerModule: snapshots === undefined ? saved.snapshotsPerModule : readNumber(snapshots),
    snapshotDays: snapshotDays === undefined ? saved.snapshotDays : readDays(snapshotDays),
    keptDays: keptDays === undefined ? saved.keptDays : readDays(keptDays),
  };
  const gone = await client.call<Expired>("POST", `${path}/preview`, wanted);
  if (gone.items.length > 0 && !yes) {
    if (!json) showItems(terminal, gone.items);
    const what = `${count(gone.items.length, "item")}, ${formatBytes(gone.bytes)}`;
    const reply = json ? null : await terminal.ask(`\nThis deletes ${what}, for good. Go on? [y/N] `);
    if (reply === null) throw usageError(`This deletes ${what}.`, "Add --yes to confirm it.");
    if (!/^y(es)?$/i.test(reply.trim())) return refuse(context);
  }
  const result = await client.call<RetentionAnswer>("PUT", path, wanted);
  answer({ terminal, json }, result, ({ policy, removed }) => {
    showRetention(terminal, policy);
    if (removed === null) terminal.out("A change is going on; it is applied soon after.");
    else if (removed.items.length > 0)
      terminal.out(`Deleted ${count(removed.items.length, "item")}, ${formatBytes(removed.bytes)}.`);
  });
}

function showRetention({ out }: Terminal, policy: RetentionView): void {
  const days = (n: number | null) => (n === null ? "for ever" : `for ${count(n, "day")}`);
  const { snapshotsPerModule, snapshotDays, keptDays } = policy;
  out(`Snapshots: the newest ${snapshotsPerModule} of each module, ${days(snapshotDays)}.`);
  out(`Kept data and exports: ${days(keptDays)}.`);
}

const readDays = (text: string) => (/^for-?ever$/.test(text) ? null : readNumber(text));

function readNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text))
    throw usageError(`"${text}" is not a number.`, "Give a number, or forever for days.");
  return Number(text);
}

function refuse({ terminal, exitWith }: CommandContext): void {
  terminal.err("Nothing was changed.");
  exitWith(1);
}
