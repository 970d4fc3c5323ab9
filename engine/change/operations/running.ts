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
  /** One that was set aside and is tried again: what its taking back follows, as others have made generations since. */
  current?: number;
  /** Who broke it off before it was decided. */
  cancelled: string | null;
  /** Another host may lead by now: what was not decided is broken off, and recovered by whoever leads then. */
  leadLost: boolean;
}
