import { z } from "zod";
import { time } from "./limits.ts";

export const mailServer = z.object({
  host: z.string(),
  port: z.int(),
  /** `tls` from the first byte, else by STARTTLS where the server offers it. */
  security: z.enum(["tls", "starttls"]),
  /** Whether the server is told a user and a password. */
  signsIn: z.boolean(),
  from: z.string(),
});
export type MailServer = z.infer<typeof mailServer>;

export const mailQueueView = z.object({
  /** Not sent yet; those of whom a try has failed are `retrying`. */
  waiting: z.int(),
  retrying: z.int(),
  nextAt: time.nullable(),
  /** Of a mail that has not been sent since. */
  lastError: z.object({ at: time, message: z.string(), willRetry: z.boolean() }).nullable(),
});
export type MailQueueView = z.infer<typeof mailQueueView>;

export const mailStatus = z.object({
  /** Null: mail is not configured. */
  server: mailServer.nullable(),
  queue: mailQueueView,
});
export type MailStatus = z.infer<typeof mailStatus>;

/** Without an address to whoever asks. */
export const testMailInput = z.strictObject({ to: z.email().max(254).optional() });
export const testMailView = z.object({ to: z.string() });
export type TestMailView = z.infer<typeof testMailView>;
