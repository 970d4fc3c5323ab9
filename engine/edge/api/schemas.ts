import { z } from "zod";
import { role } from "../../../contract/role.ts";

const userShape = {
  name: z.string(),
  role,
  groups: z.array(z.string()),
  locale: z.string().nullable(),
  timeZone: z.string().nullable(),
};
export const newUser = z.strictObject({
  name: z.string(),
  email: z.string(),
  role: role.default("member"),
  groups: z.array(z.string()).default([]),
});
export const userPatch = z.strictObject(userShape).partial();
export const ownPatch = z
  .strictObject({ name: userShape.name, locale: userShape.locale, timeZone: userShape.timeZone })
  .partial();
export const newGroup = z.strictObject({
  key: z.string().optional(),
  name: z.string(),
  description: z.string().optional(),
});
export const groupPatch = z
  .strictObject({ name: z.string(), description: z.string(), members: z.array(z.uuid()) })
  .partial();
export const newToken = z.strictObject({
  name: z.string(),
  /** Administrators may make one for somebody else. */
  userId: z.uuid().optional(),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
});
export const homeItems = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: z.string(),
        widget: z.string(),
        x: z.int(),
        y: z.int(),
        w: z.int(),
        h: z.int(),
        config: z.record(z.string(), z.unknown()).default({}),
        locked: z.boolean().default(false),
        sized: z.boolean().optional(),
      }),
    )
    .max(100),
});
