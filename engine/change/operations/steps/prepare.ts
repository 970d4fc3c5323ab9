import type { JournalChange } from "../journal/journal.ts";
import type { Step } from "./step.ts";

/** Roles and schema of a module with a database. */
export const prepare: Step<JournalChange> = {
  name: "prepare",
  isTaken: ({ data }) => data.action !== "none",
  title: ({ title, action }) => `${action === "install" ? "Prepare" : "Check"} roles and schema of ${title}`,
  async run({ database, store }, { module, digest }) {
    const { manifest } = await store.getModule(digest);
    await database.prepare({ module, extensions: manifest.database?.extensions ?? [] });
  },
  undo: {
    async uncommitted({ database }, change) {
      if (change.action === "install" && change.created) await database.drop(change.module);
    },
    /** After the registry names it no more. Data that was to begin anew is nobody's either. */
    async committed({ database }, change) {
      if (change.action === "install" && (change.created || change.keptData === "fresh"))
        await database.drop(change.module);
    },
  },
  redo: "run",
};
