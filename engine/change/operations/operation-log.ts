import { faultPoint, GraftError, type HostDb, type Log, type Problem, toJson } from "../../core/index.ts";
import type { OperationStatus, OperationStep, OperationView } from "./types.ts";

/** One running operation: its steps are timed in memory, told to watchers at once, and written behind. */
export interface OperationLog {
  view(): OperationView;
  /** Runs `work` as this step; a throw marks it failed and goes on. @throws when the plan does not name it, or it was taken */
  step(step: StepKey, work: () => Promise<void>): Promise<void>;
  /** One that another host had begun begins anew. */
  reopen(step: StepKey): void;
  /** For a step that tells how far it is. */
  retitle(name: string, module: string | null, title: string): void;
  set(patch: Partial<Pick<OperationView, "status" | "generation" | "error" | "downloads">>): void;
  /**
   * Final status: pending steps become skipped. Nobody is told before it is written: an operation whose last word is
   * lost is unfinished, and a recovery that came later would undo what others have built on it since.
   * @throws when it could not be written, or another host has finished it
   */
  finish(status: OperationStatus, error?: Problem): Promise<void>;
}

type StepKey = Pick<OperationStep, "name" | "module">;

export interface OperationLogDeps {
  db: HostDb;
  log: Log;
  changed(view: OperationView): void;
}

export function createOperationLog(deps: OperationLogDeps, initial: OperationView): OperationLog {
  let view = initial;
  let writing: Promise<void> = Promise.resolve();
  let dirty = false;

  function update(next: OperationView): void {
    view = next;
    deps.changed(view);
    if (dirty) return;
    dirty = true;
    // One write at a time; steps that end while one runs are written together by the next.
    writing = writing
      .then(write)
      .catch((error) => deps.log.error({ err: error, operation: view.id }, "operation not written"));
  }
  async function write(): Promise<void> {
    dirty = false;
    // Status moves with the commit protocol's own transactions, except for the last word.
    const { id, steps } = view;
    await deps.db.prisma.operation.updateMany({
      where: { id, finishedAt: null },
      data: { steps: toJson(steps) },
    });
  }
  async function writeLast({ id, steps, status, error, finishedAt }: OperationView): Promise<void> {
    const { count } = await deps.db.prisma.operation.updateMany({
      where: { id, finishedAt: null },
      data: {
        ...{ status, finishedAt, steps: toJson(steps) },
        ...(error ? { error: toJson(error) } : {}),
      },
    });
    if (count === 0) throw new GraftError("CONFLICT", `Another host has finished the operation ${id}.`);
  }
  function patchStep(index: number, patch: Partial<OperationStep>): void {
    update({ ...view, steps: view.steps.map((step, i) => (i === index ? { ...step, ...patch } : step)) });
  }

  const isSame = (step: StepKey) => (other: StepKey) =>
    other.name === step.name && other.module === step.module;
  const find = (step: StepKey, status: OperationStep["status"]) =>
    view.steps.findIndex((other) => isSame(step)(other) && other.status === status);

  return {
    view: () => view,
    reopen(step) {
      const index = view.steps.findIndex(isSame(step));
      if (index >= 0) patchStep(index, { status: "pending", ms: null, error: undefined });
    },
    async step(step, work) {
      const index = find(step, "pending");
      if (index < 0)
        throw new Error(`the plan of ${view.title} has no step ${step.name} of ${step.module} to take`);
      const startedAt = performance.now();
      const ms = () => Math.round((performance.now() - startedAt) * 10) / 10;
      patchStep(index, { status: "running" });
      try {
        await work();
        patchStep(index, { status: "done", ms: ms() });
      } catch (error) {
        patchStep(index, { status: "failed", ms: ms(), error: (error as Error).message });
        throw error;
      }
    },
    retitle(name, module, title) {
      const index = find({ name, module }, "running");
      if (index >= 0) patchStep(index, { title });
    },
    set(patch) {
      update({ ...view, ...patch });
    },
    async finish(status, error) {
      const steps = view.steps.map((step) =>
        step.status === "pending" ? { ...step, status: "skipped" as const } : step,
      );
      // A clock that was set back ends nothing before it began.
      const endedMs = Math.max(Date.now(), Date.parse(view.startedAt));
      const finishedAt = new Date(endedMs).toISOString();
      const last = { ...view, steps, status, error: error ?? view.error, finishedAt };
      await writing;
      faultPoint("finish.before");
      await writeLast(last);
      faultPoint("finish.after");
      view = last;
      deps.changed(view);
    },
  };
}
