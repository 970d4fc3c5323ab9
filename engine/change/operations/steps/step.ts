import type { Log, Problem } from "../../../core/index.ts";
import type { ModuleDatabase, OpenMigration } from "../../../module-data/index.ts";
import type { RegistryRoom } from "../../../supply/installed/index.ts";
import type { Activation } from "../../activation/activation.ts";
import type { KeptRow } from "../../retained/kept-row.ts";
import type { CommitDeps } from "../commit-generation.ts";
import type { Running } from "../running.ts";

/**
 * One step of an operation, all of it in one place. The plan that a person sees, running, undoing, taking back and recovery
 * read the list of steps and nothing else, and a test fails while no host was killed at each of a step's points.
 */
export interface Step<Subject> {
  /**
   * For machines. Points at which tests kill the host: `NAME.before` and `NAME.after`, also when it is done again,
   * `NAME.undo.before` and `.after`, `NAME.take-back.before` and `.after`.
   */
  readonly name: string;
  /** Whether an operation takes it for this subject. By the journal alone, so that recovery knows on any host. */
  isTaken(subject: Subject): boolean;
  /** For people: "Run the migrations of Announcements". Null: too small to be shown. */
  title(subject: Subject): string | null;
  run: Work<Subject>;
  undo: {
    /**
     * Nothing was committed: removes what `run` left, whether it came to its end, to its middle or to nothing, and any
     * number of times. Null: it leaves nothing but processes and routes, which a reconciliation with the registry ends.
     */
    uncommitted: Undo<Subject> | null;
    /** Everything was committed and a module did not become healthy. Null: as above, or what it left may stay. */
    committed: Undo<Subject> | null;
  };
  /**
   * The decision was made by a host that died: makes sure of what `run` does, part of which may be there. `run`: does it
   * once more. Null: it was whole before the decision, or was of processes, which died with the host.
   */
  redo: Work<Subject> | "run" | null;
  /** What the log says when it fails; the operation goes on without it. Absent: a failure is the operation's. */
  mayFail?: string;
}

export type Work<Subject> = (context: StepContext, subject: Subject) => Promise<void>;
export type Undo<Subject> = (context: StepContext, subject: Subject, why: Problem) => Promise<void>;

export interface RunDeps extends CommitDeps {
  database: ModuleDatabase;
  registry: RegistryRoom;
  activation: Activation;
  dataDir: string;
  log: Log;
  toProblem(error: unknown): Problem;
  /** Requests to a module wait, until `release`. */
  hold(module: string): void;
  /** Of these, what only reads goes on, until it waits again as well. */
  letRead(module: string): void;
  endReading(module: string): void;
  release(module: string): void;
  /** When requests sent to it before were answered. */
  answered(module: string): Promise<void>;
  /** Older snapshots of a module go when a newer was taken. */
  retain(module: string): Promise<void>;
  /** Called after a commit, before anything is served by it. */
  afterCommit(): Promise<void>;
}

/** What the steps of one operation hand to each other on the host that runs it. */
export interface StepContext extends RunDeps {
  op: Running;
  /** Data that was changed and is not yet committed. */
  open: OpenChange[];
  /** What the decision will remember: snapshots, exports and data that stays. */
  kept: KeptRow[];
}

export type OpenChange = Pick<OpenMigration, "commit" | "rollback">;
