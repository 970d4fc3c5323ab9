import { z } from "zod";
import { type ErrorCode, errorCodes } from "./error-codes.ts";

/** RFC 9457 problem details, with Graft's `code`; also the shape of an error a server action returns. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(errorCodes) as ErrorCode[]),
  detail: z.string(),
  /** What the reader should do next. */
  hint: z.string().optional(),
  retryable: z.boolean(),
  /** Where and what, for machines: file, line, field, module … */
  details: z.record(z.string(), z.unknown()).optional(),
  /** Set for unknown errors: the id under which the log has the whole story. */
  errorId: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;
