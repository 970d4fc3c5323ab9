import type { AttentionView } from "../../../contract/attention.ts";
import type { Actor, Problem } from "../../core/index.ts";

export type { AttentionView } from "../../../contract/attention.ts";

/** How an operation stood when it could not go on; from there it is tried again. */
export type UnfinishedStatus = "preparing" | "committing" | "applied" | "reverting" | "reverted";

/** What is done when it is tried again. */
export type LeftWork =
  /** A step's end or undoing. */
  | {
      kind: "step";
      operation: string;
      stage: "prepare" | "finish";
      from: "run" | "uncommitted" | "committed";
      step: string;
      module: string | null;
      /** In which the module was set as it is; another one has made an end of this since. 0: not installed. */
      generation: number;
    }
  | { kind: "operation"; operation: string; resume: UnfinishedStatus }
  | { kind: "deletion"; keptData: string }
  | { kind: "database"; module: string; database: number };

export interface LeftOver {
  title: string;
  modules: string[];
  work: LeftWork;
  problem: Problem;
}

export interface AttentionEntry extends LeftOver {
  id: string;
}

export interface Attention {
  /** What waits for a person first, then the oldest. */
  list(): Promise<AttentionView[]>;
  /**
   * Tries it again now. Audited. @returns what is left of it, with the new reason; null: it is settled
   * @throws NOT_FOUND, OPERATION_IN_PROGRESS
   */
  retry(actor: Actor, id: string): Promise<AttentionView | null>;
  /** Leaves it as it is: modules that were stopped start with what is stored of them. Audited. @throws NOT_FOUND */
  dismiss(actor: Actor, id: string): Promise<void>;
}
