"use server";

import { revalidatePath } from "next/cache";
import { restartModuleInput } from "@/contract/modules";
import { operatorAction } from "@/lib/action";

/** A fresh process for a module; leaves quarantine. */
export const restartModule = operatorAction
  .inputSchema(restartModuleInput)
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.runtime.restart(parsedInput.module);
    await ctx.engine.access.audit.record(ctx.actor, {
      action: "module.restart",
      target: parsedInput.module,
      summary: `Restarted ${parsedInput.module}`,
    });
    revalidatePath("/admin/modules", "layout");
  });
