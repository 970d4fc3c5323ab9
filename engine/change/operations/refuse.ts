import { GraftError } from "../../core/index.ts";
import type { OperationView } from "./types.ts";

export function stale(base: number, generation?: number): GraftError {
  return new GraftError(
    "PLAN_STALE",
    `The system has changed since this plan was made on generation ${base}.`,
    {
      hint: "Make a fresh plan and look at it again.",
      retryable: true,
      details: { base, ...(generation === undefined ? {} : { generation }) },
    },
  );
}

/** Null: what is changed is no operation, but the settings of a module or kept data. */
export function inProgress(operation: OperationView | null): GraftError {
  const what = operation ? `: ${operation.title}, begun by ${operation.actorName}` : "";
  return new GraftError("OPERATION_IN_PROGRESS", `Another change is being applied right now${what}.`, {
    hint: "Wait until it is done, then make a fresh plan.",
    retryable: true,
    details: operation ? { operation: operation.id } : {},
  });
}
