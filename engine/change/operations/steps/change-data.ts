import { join } from "node:path";
import { faultPoint } from "../../../core/index.ts";
import { loadMigrations } from "../../plan/index.ts";
import type { JournalChange } from "../journal/journal.ts";
import type { OpenChange, Step, StepContext } from "./step.ts";

/** Changes the data of a module in one transaction, which stays open until the commit. */
type ChangeData = (context: StepContext, change: JournalChange) => Promise<OpenChange>;

/**
 * A step that changes data. What it has opened is rolled back with the connection that opened it; what the commit made
 * of it, the commit takes back.
 */
function dataStep(
  step: Pick<Step<JournalChange>, "name" | "title"> & { action: JournalChange["data"]["action"] },
  change: ChangeData,
): Step<JournalChange> {
  return {
    name: step.name,
    title: step.title,
    isTaken: ({ data }) => data.action === step.action,
    async run(context, subject) {
      context.open.push(await change(context, subject));
    },
    undo: { uncommitted: null, committed: null },
    /** Also when it was committed: each of them finds that there is nothing left to do, or does it again. */
    async redo(context, subject) {
      await (await change(context, subject)).commit();
    },
  };
}

export const migrate = dataStep(
  { name: "migrate", action: "migrate", title: ({ title }) => `Run the migrations of ${title}` },
  async ({ store, database }, change) => {
    const { module, digest } = change;
    const stored = await store.getModule(digest);
    const path = stored.manifest.database?.schema;
    const schema =
      path && stored.files[path] ? (await store.readFile(digest, path)).toString("utf8") : undefined;
    return database.migrate({
      module,
      migrations: await loadMigrations(store, stored),
      // With the migrations, not before them: an install that fails has deleted nothing.
      clear: change.action === "install" && change.keptData === "fresh",
      ...(schema === undefined ? {} : { schema }),
    });
  },
);

/** SQL that leads back is run, and shown, as a migration is. */
export const revert = dataStep(
  {
    name: "migrate",
    action: "revert",
    title: ({ title }) => `Take the tables of ${title} back, with the rows that stay`,
  },
  ({ database }, { module, data }) => {
    if (data.action !== "revert") throw new Error(`${module} has no SQL that leads back`);
    return database.runReverseMigration({ module, way: data.way });
  },
);

export const restore = dataStep(
  {
    name: "restore",
    action: "restore",
    title: ({ title }) => `Put the data of ${title} back as it was`,
  },
  ({ database, dataDir }, { module, data }) => {
    if (data.action !== "restore") throw new Error(`${module} has no snapshot to go back to`);
    return database.restore({ module, file: join(dataDir, data.file) });
  },
);

/** Each of them, also when one cannot be: a transaction left open would keep its locks until the host ends. */
export async function rollBack(open: readonly OpenChange[]): Promise<void> {
  const ended = await Promise.allSettled(open.map((migration) => migration.rollback()));
  const failed = ended.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

/**
 * What a version added may stay; what it took comes back. Nobody has written since: requests are on hold. After an early
 * cutover this is the last resort of a recovery that can finish neither way.
 */
export async function restoreSnapshots(
  { database, dataDir }: StepContext,
  changes: readonly JournalChange[],
): Promise<void> {
  for (const { module, cutover, snapshot } of changes) {
    if (cutover === "plain" || snapshot === null) continue;
    await (await database.restore({ module, file: join(dataDir, snapshot.file) })).commit();
    faultPoint("take-back.restore.after");
  }
}
