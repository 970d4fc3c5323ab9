import { z } from "zod";

/** The process lives. */
export const liveView = z.object({ status: z.literal("ok"), version: z.string() });
/** Whether the host can serve, and why not. */
export const readyView = z.object({
  ready: z.boolean(),
  problems: z.array(z.string()),
  /** How much could not be finished or cleaned up; `graft attention` lists it. The host serves all the same. */
  attention: z.int(),
});
export type ReadyView = z.infer<typeof readyView>;
