"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { moduleName } from "@/contract/limits";
import { operatorAction } from "@/lib/action";

/** A fresh process for a module; leaves quarantine. */
export const restartModule = operatorAction
  .inputSchema(z.strictObject({ module: moduleName }))
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.runtime.restart(parsedInput.module);
    await ctx.engine.access.audit.record(ctx.actor, {
      action: "module.restart",
      target: parsedInput.module,
      summary: `Restarted ${parsedInput.module}`,
    });
    revalidatePath("/admin/modules", "layout");
  });
