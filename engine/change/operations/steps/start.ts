import type { JournalChange } from "../journal/journal.ts";
import type { Step } from "./step.ts";

/** The process of a module that was not there before. */
export const start: Step<JournalChange> = {
  name: "start",
  isTaken: ({ action }) => action === "install",
  title: ({ title, hasProcess }) => (hasProcess ? `Start ${title}` : null),
  async run({ registry, activation }, { module }) {
    const installed = registry.get(module);
    if (installed) await activation.start(installed);
  },
  undo: {
    uncommitted: null,
    // Before its data goes. An upgraded module goes on serving in its old version until the reconciliation.
    committed: ({ activation }, { module }) => activation.stop(module),
  },
  redo: "run",
};
