"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { moduleName } from "@/contract/limits";
import { administratorAction } from "@/lib/action";

/** New settings for a module; answers what was stored, with its secrets masked. */
export const configureModule = administratorAction
  .inputSchema(z.strictObject({ module: moduleName, config: z.record(z.string(), z.json()) }))
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.install.configure(ctx.actor, parsedInput.module, parsedInput.config);
    revalidatePath("/admin/modules", "layout");
  });
