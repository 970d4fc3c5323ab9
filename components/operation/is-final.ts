import type { OperationStatus } from "@/contract/operation";

export function isFinal(status: OperationStatus): boolean {
  return status === "succeeded" || status === "reverted" || status === "failed" || status === "attention";
}
