import { fromJson, type Problem } from "../../core/index.ts";
import type { OperationStep, OperationView } from "./types.ts";

export interface OperationRow {
  id: string;
  planId: string;
  status: string;
  steps: unknown;
  error: unknown;
  journal: unknown;
  generation: number | null;
  actorId: string | null;
  actorName: string;
  startedAt: Date;
  finishedAt: Date | null;
}

export function viewOf(row: OperationRow): OperationView {
  return {
    id: row.id,
    planId: row.planId,
    status: row.status as OperationView["status"],
    steps: fromJson<OperationStep[]>(row.steps),
    generation: row.generation,
    error: fromJson<Problem | null>(row.error),
    actorName: row.actorName,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    title: fromJson<{ reason: string }>(row.journal).reason,
    downloads: [],
  };
}
