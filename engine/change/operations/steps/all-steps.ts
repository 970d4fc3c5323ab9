import type { JournalChange, JournalRemoval, OperationJournal } from "../journal/journal.ts";
import { leadBack, migrate, restore, revert, runHistory } from "./change-data.ts";
import { commit } from "./commit.ts";
import { decide } from "./decide.ts";
import { close, discard, retire } from "./drop.ts";
import { exportData } from "./export-data.ts";
import { fetch } from "./fetch.ts";
import { health } from "./health.ts";
import { copy, point, prepare } from "./prepare.ts";
import { reconcile } from "./reconcile.ts";
import { release } from "./release.ts";
import { retain, retainLast } from "./retain.ts";
import { route } from "./route.ts";
import { countLeft, countRemoved, snapshot } from "./snapshot.ts";
import { start } from "./start.ts";
import type { Step } from "./step.ts";
import { stop } from "./stop.ts";
import { switchEarly, switchOver } from "./switch.ts";

/** Steps that are taken one after the other for each module that leaves or changes, or once for the operation. */
export type StepGroup =
  | { each: "removal"; steps: readonly Step<JournalRemoval>[] }
  | { each: "change"; steps: readonly Step<JournalChange>[] }
  | { each: "operation"; steps: readonly Step<OperationJournal>[] };

export type Stage = "prepare" | "commit" | "activate" | "finish";

/**
 * Every step there is, in the order in which an operation takes those it needs. When `prepare` fails it is undone; when
 * `commit` does, recovery commits; `activate`: the change is taken back; `finish`: it is tried again.
 */
export const stages: Readonly<Record<Stage, readonly StepGroup[]>> = {
  prepare: [
    { each: "removal", steps: [stop, countRemoved, exportData] },
    { each: "change", steps: [fetch] },
    { each: "change", steps: [switchEarly] },
    {
      each: "change",
      steps: [prepare, copy, point, snapshot, restore, runHistory, leadBack, migrate, revert, countLeft],
    },
    { each: "operation", steps: [decide] },
  ],
  commit: [{ each: "operation", steps: [commit] }],
  activate: [{ each: "change", steps: [switchOver, start, health, route] }],
  finish: [
    { each: "operation", steps: [reconcile] },
    { each: "removal", steps: [close, retainLast] },
    { each: "change", steps: [release, retire, discard, retain] },
  ],
};
