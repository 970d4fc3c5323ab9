"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { accessSetting } from "@/lib/access-setting";
import { administratorAction, operatorAction } from "@/lib/action";

/** Gives a module (`polls`) or one of its widgets (`polls/open`) to everyone, to groups, by rules or to nobody, at once; null: a widget as its module. */
export const setAccess = administratorAction
  .inputSchema(z.strictObject({ target: z.string().min(1).max(90), setting: accessSetting.nullable() }))
  .action(async ({ parsedInput: { target, setting }, ctx }) => {
    const { flags } = ctx.engine;
    const { previous } = await (setting === null
      ? flags.clearAccess(ctx.actor, target)
      : flags.setAccess(ctx.actor, target, setting));
    revalidatePath("/admin", "layout");
    return { previous };
  });

/** A fresh process for a module; leaves quarantine. */
export const restartModule = operatorAction
  .inputSchema(z.strictObject({ module: z.string().min(1).max(40) }))
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.runtime.restart(parsedInput.module);
    await ctx.engine.access.audit.record(ctx.actor, {
      action: "module.restart",
      target: parsedInput.module,
      summary: `Restarted ${parsedInput.module}`,
    });
    revalidatePath("/admin/modules", "layout");
  });

/** New settings for a module; answers what was stored, with its secrets masked. */
export const configureModule = administratorAction
  .inputSchema(z.strictObject({ module: z.string().min(1).max(40), config: z.record(z.string(), z.json()) }))
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.install.configure(ctx.actor, parsedInput.module, parsedInput.config);
    revalidatePath("/admin/modules", "layout");
  });
