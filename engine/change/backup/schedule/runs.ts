import { type BackupProof, backupProof } from "../../../../contract/backup.ts";
import { problem } from "../../../../contract/problem.ts";
import { type HostDb, type Prisma, type Problem, toJson } from "../../../core/index.ts";
import type { BackupRunView } from "../types.ts";

const listed = 60;

type Row = Prisma.BackupRunGetPayload<object>;

export interface RunResult {
  name: string;
  bytes: number;
  sha256: string;
  signedBy: string;
  proof: BackupProof | null;
  /** Null: it is not proved. */
  provedAt: Date | null;
  error: Problem | null;
}

/** Newest first. */
export async function listRuns({ prisma }: Pick<HostDb, "prisma">): Promise<BackupRunView[]> {
  const rows = await prisma.backupRun.findMany({ orderBy: { startedAt: "desc" }, take: listed });
  return rows.map(toView);
}

export async function beginRun(
  { prisma }: Pick<HostDb, "prisma">,
  run: { id: string; trigger: "schedule" | "person"; actorName: string; place: string; startedAt: Date },
): Promise<void> {
  await prisma.backupRun.create({ data: { ...run, status: "running" } });
}

export async function endRun(
  { prisma }: Pick<HostDb, "prisma">,
  id: string,
  result: RunResult,
): Promise<void> {
  const { proof, error, bytes, ...rest } = result;
  await prisma.backupRun.update({
    where: { id },
    data: {
      ...rest,
      ...{ status: "done", finishedAt: new Date(), bytes: BigInt(bytes) },
      ...(proof ? { proof: toJson(proof) } : {}),
      ...(error ? { error: toJson(error) } : {}),
    },
  });
}

export async function failRun({ prisma }: Pick<HostDb, "prisma">, id: string, error: Problem): Promise<void> {
  await prisma.backupRun.update({
    where: { id },
    data: { status: "failed", finishedAt: new Date(), error: toJson(error) },
  });
}

/** Of hosts that ended in the middle; by whoever has the lead, so that none of them is going on. */
export async function failAbandoned({ prisma }: Pick<HostDb, "prisma">, error: Problem): Promise<void> {
  await prisma.backupRun.updateMany({
    where: { status: "running" },
    data: { status: "failed", finishedAt: new Date(), error: toJson(error) },
  });
}

export async function markRemoved({ prisma }: Pick<HostDb, "prisma">, names: string[]): Promise<void> {
  await prisma.backupRun.updateMany({
    where: { name: { in: names }, removedAt: null },
    data: { removedAt: new Date() },
  });
}

function toView(row: Row): BackupRunView {
  const { id, actorName, name, bytes } = row;
  return {
    ...{ id, actorName, name, trigger: row.trigger === "schedule" ? "schedule" : "person" },
    status: row.status === "done" ? "done" : row.status === "failed" ? "failed" : "running",
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    bytes: bytes === null ? null : Number(bytes),
    provedAt: row.provedAt?.toISOString() ?? null,
    proof: backupProof.nullable().catch(null).parse(row.proof),
    error: problem.nullable().catch(null).parse(row.error),
    removedAt: row.removedAt?.toISOString() ?? null,
  };
}
