import { z } from "zod";
import type { NewNotification } from "../sdk/server/notify.ts";
import { groupKey, moduleName, time } from "./limits.ts";
import { pageOf, pageQuery } from "./page.ts";

export const notificationView = z.object({
  id: z.string(),
  module: z.string(),
  moduleTitle: z.string(),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  /** Where a click leads; null when the module has no page that its reader may open. */
  href: z.string().nullable(),
  createdAt: time,
  readAt: time.nullable(),
});
export type NotificationView = z.infer<typeof notificationView>;

/** The newest notifications of a user; `unread`: of all, not of this page. */
export const notificationPage = pageOf(notificationView).extend({ unread: z.int() });
export type NotificationPage = z.infer<typeof notificationPage>;

export const notificationQuery = pageQuery.extend({ unread: z.stringbool().optional() });
export type NotificationQuery = z.infer<typeof notificationQuery>;

const ids = z.array(z.uuid()).max(1000);
/** Without ids all of them. */
export const markReadInput = z.strictObject({ ids: ids.optional() });
export const markUnreadInput = z.strictObject({ ids });
export const markedView = z.object({ changed: z.int() });

/** One kind of one module, and where this user wants it. */
export const notificationPreferenceView = z.object({
  module: z.string(),
  moduleTitle: z.string(),
  kind: z.string(),
  title: z.string(),
  description: z.string(),
  bell: z.boolean(),
  mail: z.boolean(),
});
export type NotificationPreferenceView = z.infer<typeof notificationPreferenceView>;

const kind = z.string().max(40);
export const preferenceInput = z.strictObject({ bell: z.boolean(), mail: z.boolean() });
export const ownPreferenceInput = preferenceInput.extend({ module: moduleName, kind });
export type OwnPreferenceInput = z.infer<typeof ownPreferenceInput>;

const key = z.string().min(1).max(100);
const userIds = z.array(z.uuid()).max(10_000);

/** What a module sends. Reaches those addressed who were given the module or any of its widgets. */
export const newNotificationInput = z.strictObject({
  /** As declared under `notifications` in the manifest. */
  kind,
  to: z
    .strictObject({
      users: userIds.optional(),
      groups: z.array(groupKey).max(200).optional(),
      everyone: z.literal(true).optional(),
    })
    .refine((to) => to.users ?? to.groups ?? to.everyone, "name users, groups or everyone"),
  /** Users who already know, the author first of all. */
  except: z.array(z.string()).max(10_000).optional(),
  title: z.string().trim().min(1).max(120),
  body: z.string().trim().max(500).optional(),
  /** Below the module's pages, where a click leads: `/posts/7`. */
  path: z
    .string()
    .max(300)
    .regex(/^\/(?!\/)[^\\\s]*$/, "must start with one / and hold no spaces or backslashes")
    .refine((path) => !path.split(/[/?#]/).includes(".."), "must not hold .. segments")
    .optional(),
  /** A later one with the same key replaces it as long as it is unread. */
  key: key.optional(),
}) satisfies z.ZodType<NewNotification>;
export type NewNotificationInput = z.infer<typeof newNotificationInput>;

export const retractionInput = z.strictObject({ key, users: userIds.optional() });
