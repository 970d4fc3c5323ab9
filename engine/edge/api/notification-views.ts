import { z } from "zod";
import type {
  MailStatus,
  NotificationPreferenceView,
  NotificationView,
} from "../../engagement/notifications/index.ts";

const time = z.string().meta({ format: "date-time" });

const notification = z.object({
  id: z.string(),
  module: z.string(),
  moduleTitle: z.string(),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  href: z.string().nullable(),
  createdAt: time,
  readAt: time.nullable(),
}) satisfies z.ZodType<NotificationView>;

export const notificationPage = z.object({
  items: z.array(notification),
  nextCursor: z.string().nullable(),
  /** Of all, not of this page. */
  unread: z.int(),
});

export const changed = z.object({ changed: z.int() });

export const notificationPreference = z.object({
  module: z.string(),
  moduleTitle: z.string(),
  kind: z.string(),
  title: z.string(),
  description: z.string(),
  bell: z.boolean(),
  mail: z.boolean(),
}) satisfies z.ZodType<NotificationPreferenceView>;

export const mailStatus = z.object({
  server: z
    .object({
      host: z.string(),
      port: z.int(),
      security: z.enum(["tls", "starttls"]),
      signsIn: z.boolean(),
      from: z.string(),
    })
    .nullable(),
  queue: z.object({
    waiting: z.int(),
    retrying: z.int(),
    nextAt: time.nullable(),
    lastError: z.object({ at: time, message: z.string(), willRetry: z.boolean() }).nullable(),
  }),
}) satisfies z.ZodType<MailStatus>;
