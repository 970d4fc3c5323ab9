"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { moduleName as module } from "@/contract/limits";
import { saveScheduleInput } from "@/contract/upgrades";
import { administratorAction, operatorAction } from "@/lib/action";

/** One plan that upgrades everything that goes together; nothing is changed yet. */
export const planUpgrades = operatorAction.action(async ({ ctx }) => {
  const plan = await ctx.engine.upgrades.plan(ctx.actor);
  return { id: plan.id };
});

/** When automatic upgrades may happen, and which. What is left alone is set per module. */
export const saveUpgradePolicy = administratorAction
  .inputSchema(saveScheduleInput)
  .action(async ({ parsedInput, ctx }) => {
    const { revision } = await ctx.engine.upgrades.setPolicy(ctx.actor, parsedInput);
    revalidatePath("/admin/upgrades");
    return { revision };
  });

/** Whether automatic upgrades take a module along. */
export const setAutomatic = administratorAction
  .inputSchema(z.strictObject({ module, on: z.boolean() }))
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.upgrades.setExcluded(ctx.actor, parsedInput.module, !parsedInput.on);
    revalidatePath("/admin/upgrades");
  });
