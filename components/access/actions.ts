"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { accessRules, accessSettingInput } from "@/contract/access";
import { accessTarget as target } from "@/contract/limits";
import { administratorAction } from "@/lib/action";
import { rolloutActions } from "@/sdk/flags/rollout";

/** Who would gain and lose by rules; nothing is written. */
export const previewRules = administratorAction
  .inputSchema(z.strictObject({ target, setting: accessRules }))
  .action(({ parsedInput, ctx }) => ctx.engine.flags.previewAccess(parsedInput.target, parsedInput.setting));

/** Holds the roll-out of a module or widget, continues it, or begins its next step now. */
export const changeAccessRollout = administratorAction
  .inputSchema(z.strictObject({ target, action: z.enum(rolloutActions) }))
  .action(async ({ parsedInput, ctx }) => {
    const { target, action } = parsedInput;
    const { changeId } = await ctx.engine.flags.rolloutAccess(ctx.actor, target, action);
    revalidatePath("/admin", "layout");
    return { changeId };
  });

export const explainAccess = administratorAction
  .inputSchema(z.strictObject({ target, userId: z.uuid() }))
  .action(async ({ parsedInput, ctx }) => {
    const identity = ctx.engine.access.directory.identity(parsedInput.userId);
    if (identity === null) return null;
    const { text, rules, changes } = ctx.engine.flags.explain(identity, parsedInput.target, ctx.viewer);
    return { text, rules, changes };
  });

/** Gives a module (`polls`) or one of its widgets (`polls/open`) to everyone, to groups, by rules or to nobody, at once; null: a widget as its module. */
export const setAccess = administratorAction
  .inputSchema(z.strictObject({ target, setting: accessSettingInput.nullable() }))
  .action(async ({ parsedInput: { target, setting }, ctx }) => {
    const { flags } = ctx.engine;
    const { previous } = await (setting === null
      ? flags.clearAccess(ctx.actor, target)
      : flags.setAccess(ctx.actor, target, setting));
    revalidatePath("/admin", "layout");
    return { previous };
  });
