"use server";

import { revalidatePath } from "next/cache";
import { moduleTimeLimitInput, restartModuleInput } from "@/contract/modules";
import { administratorAction, operatorAction } from "@/lib/action";

/** A fresh process for a module; leaves quarantine. */
export const restartModule = operatorAction
  .inputSchema(restartModuleInput)
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.install.restart(ctx.actor, parsedInput.module);
    revalidatePath("/admin/modules", "layout");
  });

/** How long the gateway waits for a module's answers; null: as its manifest says. */
export const setTimeLimit = administratorAction
  .inputSchema(moduleTimeLimitInput)
  .action(async ({ parsedInput: { module, timeoutMs }, ctx }) => {
    await ctx.engine.install.setTimeLimit(ctx.actor, module, timeoutMs);
    revalidatePath("/admin/modules", "layout");
  });
