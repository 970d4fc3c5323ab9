import type { JournalChange } from "../journal/journal.ts";
import type { Step } from "./step.ts";

/** From here on people use it. */
export const route: Step<JournalChange> = {
  name: "route",
  isTaken: ({ action }) => action === "install",
  title: () => null,
  async run({ registry, activation }, { module }) {
    const installed = registry.get(module);
    if (installed) activation.open(installed);
  },
  undo: { uncommitted: null, committed: null },
  redo: "run",
};
