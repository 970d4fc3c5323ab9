"use server";

import { z } from "zod";
import { operatorAction } from "@/lib/action";

/** Breaks off an operation that is not decided yet. */
export const cancelOperation = operatorAction
  .inputSchema(z.strictObject({ id: z.uuid() }))
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.install.operations.cancel(ctx.actor, parsedInput.id);
  });
