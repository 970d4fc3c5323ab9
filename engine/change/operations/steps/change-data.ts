import { join } from "node:path";
import type { HistoryInput } from "../../../module-data/index.ts";
import { loadMigrations } from "../../plan/index.ts";
import { allocateDatabase } from "../allocate-database.ts";
import type { JournalChange } from "../journal/journal.ts";
import { placeAfter } from "../journal/place.ts";
import type { OpenChange, Step, StepContext } from "./step.ts";

const migrateTitle = ({ title }: JournalChange) => `Run the migrations of ${title}`;
const revertTitle = ({ title }: JournalChange) => `Take the tables of ${title} back, with the rows that stay`;
const whole = { undo: { uncommitted: null, committed: null }, redo: null } as const;

async function historyOf({ store }: StepContext, change: JournalChange): Promise<HistoryInput> {
  const stored = await store.getModule(change.digest);
  const extensions = stored.manifest.database?.extensions ?? [];
  return { place: placeAfter(change), extensions, migrations: await loadMigrations(store, stored) };
}

/** Plainly, in a database that no generation names yet; undoing drops that. */
export const runHistory: Step<JournalChange> = {
  ...whole,
  name: "migrate",
  isTaken: ({ data }) => data.action === "create" || (data.action === "copy" && data.way === undefined),
  title: migrateTitle,
  async run(context, change) {
    await context.database.runHistory(await historyOf(context, change));
  },
};

/** SQL that leads back, on a copy. */
export const leadBack: Step<JournalChange> = {
  ...whole,
  name: "migrate",
  isTaken: ({ data }) => data.action === "copy" && data.way !== undefined,
  title: revertTitle,
  async run({ database }, change) {
    if (change.data.action !== "copy" || change.data.way === undefined) return;
    await (await database.runReverseMigration({ place: placeAfter(change), way: change.data.way })).commit();
  },
};

export const restore: Step<JournalChange> = {
  ...whole,
  name: "restore",
  isTaken: ({ data }) => data.action === "restore",
  title: ({ title }) => `Put the data of ${title} back as it was`,
  async run({ database, dataDir, log }, change) {
    if (change.data.action !== "restore") return;
    const file = join(dataDir, change.data.file);
    const { notValid } = await database.restore({ place: placeAfter(change), file });
    if (notValid.length > 0)
      log.warn({ module: change.module, notValid }, "rows do not satisfy these constraints any more");
  },
};

/** In one transaction on the database that the module uses, which stays open until the commit. */
type ChangeInPlace = (context: StepContext, change: JournalChange) => Promise<OpenChange>;

/** What it has opened is rolled back with the connection that opened it; what the commit made of it may stay. */
function inPlace(
  step: Pick<Step<JournalChange>, "name" | "title"> & { action: JournalChange["data"]["action"] },
  change: ChangeInPlace,
): Step<JournalChange> {
  return {
    name: step.name,
    title: step.title,
    isTaken: ({ data }) => data.action === step.action,
    async run(context, subject) {
      context.open.push(await change(context, subject));
    },
    undo: { uncommitted: null, committed: null },
    /** Also when it was committed: each of them finds that there is nothing left to do. */
    async redo(context, subject) {
      await (await change(context, subject)).commit();
    },
  };
}

export const migrate = inPlace(
  { name: "migrate", action: "migrate", title: migrateTitle },
  async (context, change) => context.database.migrateInPlace(await historyOf(context, change)),
);

export const revert = inPlace(
  { name: "migrate", action: "revert", title: revertTitle },
  ({ database }, change) => {
    if (change.data.action !== "revert") throw new Error(`${change.module} has no SQL that leads back`);
    return database.runReverseMigration({ place: placeAfter(change), way: change.data.way });
  },
);

/** Each of them, also when one cannot be: a transaction left open would keep its locks until the host ends. */
export async function rollBack(open: readonly OpenChange[]): Promise<void> {
  const ended = await Promise.allSettled(open.map((migration) => migration.rollback()));
  const failed = ended.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

/**
 * The last resort of a recovery that can finish an early cutover neither way: the data of some modules may have gone back and the
 * registry has not. Their snapshots become their databases.
 */
export async function restoreSnapshots(
  { db, database, store, dataDir, op }: StepContext,
  changes: readonly JournalChange[],
): Promise<void> {
  for (const { module, cutover, snapshot, data } of changes) {
    if (cutover !== "early" || snapshot === null || data.action !== "revert") continue;
    const place = { module, database: await allocateDatabase({ db, database }, module) };
    const { version, digest, file } = snapshot;
    const { manifest } = await store.getModule(digest as JournalChange["digest"]);
    await database.create({ place, extensions: manifest.database?.extensions ?? [] });
    const { rows, tables } = await database.restore({ place, file: join(dataDir, file) });
    const reason = "A change that could not be finished";
    const left = { module, version, digest, reason, rows, tables, database: data.to, operationId: op.id };
    await db.prisma.$transaction([
      db.prisma.module.update({ where: { name: module }, data: { database: place.database } }),
      db.prisma.keptData.create({ data: { ...left, kind: "snapshot" } }),
    ]);
    await database.retire({ module, database: data.to });
  }
}
