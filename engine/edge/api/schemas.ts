import { z } from "zod";
import { accessSettingInput } from "../../../contract/access.ts";
import { moduleName as module, moduleVersion } from "../../../contract/limits.ts";
import { role } from "../../../contract/role.ts";

const version = moduleVersion.optional();
const actions = ["install", "upgrade", "uninstall", "restore", "rollback"];

export const planChange = z.discriminatedUnion(
  "action",
  [
    z.strictObject({
      action: z.literal("install"),
      module,
      version,
      access: accessSettingInput.optional(),
      data: z.enum(["reuse", "fresh"]).optional(),
    }),
    z.strictObject({ action: z.literal("upgrade"), module, version }),
    z.strictObject({ action: z.literal("uninstall"), module, data: z.enum(["keep", "export", "delete"]) }),
    z.strictObject({ action: z.literal("restore"), snapshot: z.string().max(60) }),
    z.strictObject({
      action: z.literal("rollback"),
      generation: z.int().min(0),
      data: z.record(module, z.enum(["schema", "snapshot"])).optional(),
      settings: z.boolean().optional(),
    }),
  ],
  {
    error: ({ input }) => {
      const given = (input as { action?: unknown } | null | undefined)?.action;
      const known = actions.join(", ");
      if (given === undefined) return `an action is missing: one of ${known}`;
      return actions.includes(String(given))
        ? undefined
        : `there is no action ${JSON.stringify(given)}, only ${known}`;
    },
  },
);

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
