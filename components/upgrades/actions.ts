"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { administratorAction, operatorAction } from "@/lib/action";

const module = z.string().min(1).max(40);

/** One plan that upgrades everything that goes together; nothing is changed yet. */
export const planUpdates = operatorAction.action(async ({ ctx }) => {
  const plan = await ctx.engine.upgrades.plan(ctx.actor);
  return { id: plan.id };
});

/** When automatic upgrades may happen, and which. What is left alone is set per module. */
export const saveUpgradePolicy = administratorAction
  .inputSchema(
    z.strictObject({
      enabled: z.boolean(),
      level: z.enum(["patch", "minor"]),
      days: z.array(z.enum(["sun", "mon", "tue", "wed", "thu", "fri", "sat"])),
      from: z.string().max(5),
      to: z.string().max(5),
      timeZone: z.string().max(60),
    }),
  )
  .action(async ({ parsedInput, ctx }) => {
    const { excluded } = await ctx.engine.upgrades.policy();
    await ctx.engine.upgrades.setPolicy(ctx.actor, { ...parsedInput, excluded });
    revalidatePath("/admin/updates");
  });

/** Whether automatic upgrades take a module along. */
export const setAutomatic = administratorAction
  .inputSchema(z.strictObject({ module, on: z.boolean() }))
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.upgrades.setExcluded(ctx.actor, parsedInput.module, !parsedInput.on);
    revalidatePath("/admin/updates");
  });
