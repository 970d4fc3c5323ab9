import { faultPoint } from "../../../core/index.ts";
import { describedBy } from "../../../supply/installed/index.ts";
import type { JournalChange } from "../journal/journal.ts";
import { databaseAfter } from "../journal/place.ts";
import { endReading } from "./prepare.ts";
import type { Step, StepContext } from "./step.ts";

/** The new version beside the old one: when it is healthy, traffic moves in one tick and the old one drains. */
export const switchOver: Step<JournalChange> = {
  name: "switch",
  isTaken: ({ action, cutover }) => action === "upgrade" && cutover !== "early",
  title: switchTitle,
  async run(context, change) {
    const installed = context.registry.get(change.module);
    if (installed) await context.activation.replace(installed, () => endReading(context, change));
  },
  undo: { uncommitted: null, committed: null },
  redo: "run",
};

/**
 * The older version takes over beside the newer one, whose last process then ends: from here on nothing writes what is
 * about to go. Before the first table is locked; undone, a reconciliation with the registry brings the newer one back.
 */
export const switchEarly: Step<JournalChange> = {
  name: "switch",
  isTaken: ({ cutover }) => cutover === "early",
  title: switchTitle,
  async run(context, change) {
    await takeOver(context, change);
    faultPoint("ahead.drain.before");
    await context.activation.drained(change.module);
  },
  undo: { uncommitted: null, committed: null },
  redo: null,
};

async function takeOver({ store, registry, activation }: StepContext, change: JournalChange): Promise<void> {
  const { module, digest, configuration } = change;
  const now = registry.get(module);
  if (now === null) return;
  const { manifest } = await store.getModule(digest);
  const database = databaseAfter(change);
  await activation.replace({ ...now, ...describedBy(manifest), digest, database, ...configuration });
}

function switchTitle(change: JournalChange): string {
  const { title, hasProcess } = change;
  if (change.action === "upgrade" && change.digest === change.from)
    return `Switch ${title} to its former settings`;
  const isEarly = change.cutover === "early";
  if (!hasProcess) return `Switch to the ${isEarly ? "older" : "new"} ${title}`;
  return isEarly
    ? `Start the older ${title} beside the newer, then move over`
    : `Start the new ${title} beside the old, then move over`;
}
