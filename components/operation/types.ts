export type OperationStatus =
  | "preparing"
  | "committing"
  | "applied"
  | "reverting"
  | "succeeded"
  | "reverted"
  | "failed";

export interface OperationStepView {
  name: string;
  title: string;
  module: string | null;
  status: "pending" | "running" | "done" | "failed" | "skipped";
  ms: number | null;
  error?: string;
}

export interface OperationView {
  id: string;
  status: OperationStatus;
  steps: OperationStepView[];
  title: string;
  actorName: string;
  startedAt: string;
  finishedAt: string | null;
  error: { code: string; detail: string; hint?: string; details?: Record<string, unknown> } | null;
}

export function isFinal(status: OperationStatus): boolean {
  return status === "succeeded" || status === "reverted" || status === "failed";
}
