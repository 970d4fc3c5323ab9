import type { ErrorCode } from "../../../contract/error-codes.ts";

export interface ToThread {
  module: string;
  input: unknown;
  answerCharsMax: number;
}

export type FromThread =
  /** The module is loaded: the time begins. */
  | { kind: "begun" }
  /** JSON. */
  | { kind: "done"; answer: string }
  | { kind: "over"; what: "answer" | "nesting" }
  /** A GraftError of the task's. */
  | { kind: "refused"; code: ErrorCode; message: string; hint?: string; details: Record<string, unknown> }
  | { kind: "failed"; message: string };
