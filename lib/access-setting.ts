import { z } from "zod";
import { json } from "../sdk/flags/definition.ts";

export const rulesSetting = z.strictObject({
  mode: z.literal("rules"),
  targeting: z.record(z.string(), json),
});

/** Who gets a module or widget, as a form sends it. */
export const accessSetting = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("everyone") }),
  z.strictObject({ mode: z.literal("nobody") }),
  z.strictObject({ mode: z.literal("groups"), groups: z.array(z.string()).min(1) }),
  rulesSetting,
]);
