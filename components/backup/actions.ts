"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { administratorAction } from "@/lib/action";

/** Begins a backup of everything on this host's disk. */
export const startBackup = administratorAction.action(async ({ ctx }) => {
  const { id } = await ctx.engine.backups.start(ctx.actor);
  return { id };
});

/** Deletes a backup's file, or breaks off the one that is being made. */
export const deleteBackup = administratorAction
  .inputSchema(z.strictObject({ id: z.string().min(1) }))
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.backups.delete(ctx.actor, parsedInput.id);
    revalidatePath("/admin/data");
  });
