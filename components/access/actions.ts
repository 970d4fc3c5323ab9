"use server";

import { revalidatePath } from "next/cache";
import { explainAccessInput, previewRulesInput, setAccessInput } from "@/contract/decisions";
import { targetRolloutInput } from "@/contract/flags";
import { administratorAction } from "@/lib/action";

/** Who would gain and lose by rules; nothing is written. */
export const previewRules = administratorAction
  .inputSchema(previewRulesInput)
  .action(({ parsedInput, ctx }) => ctx.engine.flags.previewAccess(parsedInput.target, parsedInput.setting));

/** Holds the roll-out of a module or widget, continues it, or begins its next step now. */
export const changeAccessRollout = administratorAction
  .inputSchema(targetRolloutInput)
  .action(async ({ parsedInput, ctx }) => {
    const { target, action } = parsedInput;
    const { changeId } = await ctx.engine.flags.rolloutAccess(ctx.actor, target, action);
    revalidatePath("/admin", "layout");
    return { changeId };
  });

export const explainAccess = administratorAction
  .inputSchema(explainAccessInput)
  .action(async ({ parsedInput, ctx }) => {
    const identity = ctx.engine.access.directory.identity(parsedInput.userId);
    if (identity === null) return null;
    const { text, rules, changes } = ctx.engine.flags.explain(identity, parsedInput.target, ctx.viewer);
    return { text, rules, changes };
  });

/** Gives a module (`polls`) or one of its widgets (`polls/open`) to everyone, to groups, by rules or to nobody, at once; null: a widget as its module. */
export const setAccess = administratorAction
  .inputSchema(setAccessInput)
  .action(async ({ parsedInput: { target, setting }, ctx }) => {
    const { flags } = ctx.engine;
    const { previous } = await (setting === null
      ? flags.clearAccess(ctx.actor, target)
      : flags.setAccess(ctx.actor, target, setting));
    revalidatePath("/admin", "layout");
    return { previous };
  });
