import type { OperationView } from "../../contract/operation.ts";
import type { PlanStep, PlanView } from "../../contract/plan.ts";

/** What a host answers, as the contract has it; a test says what it is about. */
export function makePlan(over: Partial<PlanView> = {}): PlanView {
  return {
    ...{ id: "p1", base: 4, changes: [], steps: [], sql: [], permissions: [], permissionChanges: [] },
    ...{ warnings: [], destructive: [], blockedBy: [], keptData: [], leftOut: [], dataRollbacks: [] },
    ...{ settingsBack: null, target: [], stale: false, operationId: null },
    ...{ createdAt: "2026-01-31T12:00:00.000Z", createdBy: "Ada" },
    ...over,
  };
}

export function makeStep(over: Partial<PlanStep> = {}): PlanStep {
  return {
    ...{ action: "install", module: "polls", title: "Polls", type: "plugin", publisher: "graft", icon: null },
    digest: `sha256:${"0".repeat(64)}`,
    ...{ from: null, to: "1.0.0", neededBy: null, needs: [], pages: [], widgets: [], api: [], size: 2048 },
    ...{ access: null, data: null, schema: null, impact: "none", changelog: [] },
    ...over,
  };
}

export function makeOperation(over: Partial<OperationView> = {}): OperationView {
  return {
    ...{ id: "o1", planId: "p1", status: "succeeded", steps: [], generation: 5, error: null },
    ...{ actorName: "Ada", startedAt: "2026-01-31T12:00:00.000Z", finishedAt: null },
    ...{ title: "Install Polls 1.0.0", downloads: [] },
    ...over,
  };
}
