import { z } from "zod";
import { json } from "./json.ts";
import { groupKey } from "./limits.ts";

const everyone = z.strictObject({ mode: z.literal("everyone") });
const nobody = z.strictObject({ mode: z.literal("nobody") });
const groups = z.strictObject({ mode: z.literal("groups"), groups: z.array(groupKey).max(200) });

/** Targeting as flags have it; it answers `given` or `withheld`, and null withholds. */
export const accessRules = z.strictObject({
  mode: z.literal("rules"),
  targeting: z.record(z.string(), json),
});

/** Who gets a module or widget. No groups are left where the only one was deleted. */
export const accessSetting = z.discriminatedUnion("mode", [everyone, nobody, groups, accessRules]);
export type AccessSetting = z.infer<typeof accessSetting>;

export const accessSettingInput = z.discriminatedUnion("mode", [
  everyone,
  nobody,
  groups.extend({ groups: groups.shape.groups.min(1) }),
  accessRules,
]);

/** Null: no rule of its own. */
export const accessChange = z.object({
  target: z.string(),
  from: accessSetting.nullable(),
  to: accessSetting.nullable(),
});
