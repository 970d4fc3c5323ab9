import type { JournalChange } from "../journal/journal.ts";
import { placeAfter } from "../journal/place.ts";
import type { Step, StepContext } from "./step.ts";

async function extensionsOf({ store }: StepContext, { digest }: JournalChange): Promise<readonly string[]> {
  return (await store.getModule(digest)).manifest.database?.extensions ?? [];
}

const dropNew = async ({ database }: StepContext, change: JournalChange) => database.drop(placeAfter(change));

/** Roles and an empty database, which no generation names yet. */
export const prepare: Step<JournalChange> = {
  name: "prepare",
  isTaken: ({ data }) => data.action === "create" || data.action === "restore",
  title: ({ title }) => `Prepare a database for ${title}`,
  async run(context, change) {
    await context.database.create({
      place: placeAfter(change),
      extensions: await extensionsOf(context, change),
    });
  },
  undo: { uncommitted: dropNew, committed: dropNew },
  // It was whole before the decision.
  redo: null,
};

/**
 * What the module has, as a database of its own in which the next step works. From here on nobody writes to the old one, which
 * stays as it is: pointing at it again takes everything back. Once it is copied the old process reads it until the new one serves.
 */
export const copy: Step<JournalChange> = {
  name: "copy",
  isTaken: ({ data }) => data.action === "copy",
  title: ({ title }) => `Copy the data of ${title}`,
  async run(context, change) {
    if (change.data.action !== "copy") return;
    const { from, to } = change.data;
    await holdUp(context, change);
    const extensions = await extensionsOf(context, change);
    await context.database.copy({ module: change.module, from, to, extensions });
    if (change.cutover !== "held") return;
    await context.database.admit({ module: change.module, database: from }, { readOnly: true });
    context.letRead(change.module);
  },
  undo: { uncommitted: undoCopy, committed: undoCopy },
  redo: null,
};

async function undoCopy(context: StepContext, change: JournalChange): Promise<void> {
  const { module, left } = change;
  await dropNew(context, change);
  await endReading(context, change);
  // Its sessions may only read.
  if (left !== null) await context.database.retire({ module, database: left.database });
  await admitLeft(context, change);
}

/** What the old process reads meanwhile is answered, and new requests wait. */
export async function endReading(context: StepContext, { module, cutover }: JournalChange): Promise<void> {
  if (cutover !== "held") return;
  context.endReading(module);
  await context.answered(module);
}

/** A database that stands as it was left is the module's again. */
export const point: Step<JournalChange> = {
  name: "point",
  isTaken: ({ data }) => data.action === "point",
  title: ({ title }) => `Go back to the data of ${title} as it stands`,
  async run(context, change) {
    await holdUp(context, change);
    await context.database.admit(placeAfter(change));
  },
  undo: { uncommitted: undoPoint, committed: undoPoint },
  redo: "run",
};

async function undoPoint(context: StepContext, change: JournalChange): Promise<void> {
  await context.database.retire(placeAfter(change));
  await admitLeft(context, change);
}

/** Of a module that stays in the version that it has: its process works with the database that it had. */
async function admitLeft({ database }: StepContext, { action, module, left }: JournalChange): Promise<void> {
  if (action === "upgrade" && left !== null) await database.admit({ module, database: left.database });
}

/** Requests wait, and those under way are answered. */
export async function holdUp(context: StepContext, { module, cutover }: JournalChange): Promise<void> {
  if (cutover !== "held") return;
  context.hold(module);
  await context.answered(module);
}
