"use server";

import { revalidatePath } from "next/cache";
import { configureModuleInput } from "@/contract/modules";
import { administratorAction } from "@/lib/action";

/** New settings for a module; answers what was stored, with its secrets masked. */
export const configureModule = administratorAction
  .inputSchema(configureModuleInput)
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.install.configure(ctx.actor, parsedInput.module, parsedInput.config);
    revalidatePath("/admin/modules", "layout");
  });
