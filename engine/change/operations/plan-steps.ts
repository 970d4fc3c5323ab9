import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { JournalChange, OperationJournal } from "./journal.ts";
import type { OperationStep } from "./types.ts";

/** Every step there is. A test kills the host before and after each of them. */
export const stepNames = [
  "stop",
  "export",
  "fetch",
  "prepare",
  "snapshot",
  "restore",
  "migrate",
  "commit",
  "start",
  "switch",
  "health",
  "drop",
  "index",
] as const;

export type StepName = (typeof stepNames)[number];

export type NamedStep = Pick<OperationStep, "title" | "module"> & { name: StepName };

/** Every step the operation will take, in order, so that a person sees the whole way before it is walked. */
export function planSteps(
  journal: OperationJournal,
  manifestOf: (module: string) => Manifest,
): OperationStep[] {
  const steps: NamedStep[] = [];
  const add = (name: StepName, module: string | null, title: string) =>
    void steps.push({ name, module, title });
  for (const { module, data } of journal.removals) {
    const { title, runtime, database } = manifestOf(module);
    add("stop", module, runtime ? `Drain and stop ${title}` : `Close ${title}`);
    if (database && data !== "keep") add("snapshot", module, `Take a snapshot of the data of ${title}`);
    if (database && data !== "delete")
      add("export", module, data === "keep" ? `Count the data of ${title}` : `Export the data of ${title}`);
  }
  for (const { module, action } of journal.changes) {
    const { title, database } = manifestOf(module);
    add("fetch", module, `Verify the files of ${title}`);
    if (!database) continue;
    add(
      "prepare",
      module,
      action === "install" ? `Prepare roles and schema of ${title}` : `Check roles and schema of ${title}`,
    );
  }
  const addSwitch = (change: JournalChange) =>
    add("switch", change.module, switchTitle(change, manifestOf(change.module)));
  for (const change of journal.changes) if (change.ahead) addSwitch(change);
  for (const { module, snapshot, schema } of journal.changes) {
    const { title, database } = manifestOf(module);
    if (!database) continue;
    if (snapshot !== null) add("snapshot", module, `Take a snapshot of the data of ${title}`);
    if (schema === "restore") add("restore", module, `Put the data of ${title} back as it was`);
    if (schema === "migrate") add("migrate", module, `Run the migrations of ${title}`);
    if (schema === "revert")
      add("migrate", module, `Take the tables of ${title} back, with the rows that stay`);
  }
  add("commit", null, "Commit the new generation");
  for (const change of journal.changes) {
    const { module, action, ahead } = change;
    const { title, runtime } = manifestOf(module);
    if (action === "upgrade") {
      if (!ahead) addSwitch(change);
      continue;
    }
    if (runtime) add("start", module, `Start ${title}`);
    add("health", module, `Wait until ${title} is healthy`);
  }
  for (const { module, data } of journal.removals) {
    const { title, database } = manifestOf(module);
    if (database && data !== "keep") add("drop", module, `Delete the tables and roles of ${title}`);
  }
  return steps.map((step) => ({ ...step, status: "pending", ms: null }));
}

function switchTitle({ digest, from, ahead }: JournalChange, { title, runtime }: Manifest): string {
  if (digest === from) return `Move ${title} over to its settings of then`;
  if (!runtime) return `Switch to the ${ahead ? "older" : "new"} ${title}`;
  return ahead
    ? `Start the older ${title} beside the newer, then move over`
    : `Start the new ${title} beside the old, then move over`;
}
