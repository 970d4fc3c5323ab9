import { z } from "zod";
import { time } from "./limits.ts";

export const logLine = z.object({ at: time, stream: z.enum(["stdout", "stderr", "host"]), text: z.string() });
export type LogLine = z.infer<typeof logLine>;

export const logQuery = z.object({
  limit: z.coerce.number().int().min(1).max(2000).default(200),
  follow: z.enum(["true", "false"]).optional(),
});
