import type { Actor } from "../../core/index.ts";
import type { OperationJournal } from "./journal/journal.ts";
import type { OperationLog } from "./operation-log.ts";

/** An operation on the host that leads it. */
export interface Running {
  id: string;
  planId: string;
  actor: Actor;
  /** Another one from the decision on. */
  journal: OperationJournal;
  steps: OperationLog;
  /** Who broke it off before it was decided. */
  cancelled: string | null;
}
