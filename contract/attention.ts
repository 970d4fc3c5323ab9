import { z } from "zod";
import { moduleName, time } from "./limits.ts";
import { problem } from "./problem.ts";

/** What could not be finished, taken back or cleaned up. It blocks no other change. */
export const attentionView = z.object({
  id: z.uuid(),
  /** `stopped`: a change could not be taken back, so its modules are stopped. `cleanup`: something is left over. */
  kind: z.enum(["stopped", "cleanup"]),
  /** For people: "Take back: Upgrade Polls to 2.0.0". */
  title: z.string(),
  modules: z.array(moduleName),
  /** The operation that left it; null for what was found later. */
  operation: z.uuid().nullable(),
  /** Why it failed the last time. */
  problem,
  attempts: z.int(),
  since: time,
  triedAt: time,
  /** When it is tried again by itself; null: a person decides. */
  nextAt: time.nullable(),
});
export type AttentionView = z.infer<typeof attentionView>;

/** What came of trying again. */
export const attentionRetryView = z.object({
  settled: z.boolean(),
  /** With the new reason; null once it is settled. */
  left: attentionView.nullable(),
});
export type AttentionRetryView = z.infer<typeof attentionRetryView>;
