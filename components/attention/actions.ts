"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { administratorAction, operatorAction } from "@/lib/action";

const input = z.strictObject({ id: z.uuid() });

/** What could not be finished or cleaned up, once more. @returns what is left of it; null: it is settled */
export const retryAttention = operatorAction.inputSchema(input).action(async ({ parsedInput, ctx }) => {
  const left = await ctx.engine.install.attention.retry(ctx.actor, parsedInput.id);
  revalidatePath("/admin", "layout");
  return left;
});

/** Leaves it as it is; modules that were stopped start. */
export const dismissAttention = administratorAction
  .inputSchema(input)
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.install.attention.dismiss(ctx.actor, parsedInput.id);
    revalidatePath("/admin", "layout");
  });
