import { type HostDb, toJson } from "../../core/index.ts";
import { reasonOf, recordLeftOver, type UnfinishedStatus } from "../attention/index.ts";
import { configChannel } from "../lead/channels.ts";
import type { StepContext } from "./steps/step.ts";

/**
 * An operation that can neither be finished nor taken back ends in a state of its own: its modules are stopped on every host, and
 * what is stored of them stays as it is, until a person tries again or changes them otherwise. Everything else goes on.
 */
export async function setAside(
  context: StepContext,
  resume: UnfinishedStatus,
  error: unknown,
): Promise<void> {
  const { op, db, registry, activation, log } = context;
  log.error({ err: error, operation: op.id }, "an operation can be neither finished nor taken back");
  const modules = op.journal.changes.map(({ module }) => module);
  await stopModules(db, op.id, modules);
  await recordLeftOver(db, {
    title: `Take back: ${op.journal.reason}`,
    modules,
    work: { kind: "operation", operation: op.id, resume },
    problem: reasonOf(context.toProblem, error),
  });
  await registry.refresh();
  await activation
    .reconcile(registry.list())
    .catch((err) => log.error({ err, operation: op.id }, "not all of its modules could be stopped"));
  await op.steps.finish("attention", op.steps.view().error ?? context.toProblem(error));
}

async function stopModules({ pool }: HostDb, operation: string, modules: readonly string[]): Promise<void> {
  await pool.query(
    `WITH stopped AS (UPDATE graft.modules SET stopped_by = $1 WHERE name = ANY($2) RETURNING name)
     SELECT pg_notify($3, name) FROM stopped`,
    [operation, modules, configChannel],
  );
}

/** One whose record cannot be read: which modules it was about is not known. */
export async function setAsideUnread(
  { db, toProblem, log }: Pick<StepContext, "db" | "toProblem" | "log">,
  { id, status, title }: { id: string; status: UnfinishedStatus; title: string },
  error: unknown,
): Promise<void> {
  log.error({ err: error, operation: id }, "the record of an unfinished operation cannot be read");
  const problem = reasonOf(toProblem, error);
  const work = { kind: "operation", operation: id, resume: status } as const;
  await recordLeftOver(db, { title: `Take back: ${title}`, modules: [], work, problem });
  await db.prisma.operation.updateMany({
    where: { id, finishedAt: null },
    data: { status: "attention", finishedAt: new Date(), error: toJson(problem) },
  });
}
