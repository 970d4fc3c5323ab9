import type { JournalChange } from "../journal/journal.ts";
import type { Step } from "./step.ts";

/** The gate before the route: a module that does not become healthy is taken back, and nobody has seen it. */
export const health: Step<JournalChange> = {
  name: "health",
  isTaken: ({ action }) => action === "install",
  title: ({ title }) => `Wait until ${title} is healthy`,
  async run({ registry, activation }, { module }) {
    const installed = registry.get(module);
    if (installed) await activation.gate(installed);
  },
  undo: { uncommitted: null, committed: null },
  redo: "run",
};
