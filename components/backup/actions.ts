"use server";

import { revalidatePath } from "next/cache";
import { backupInput } from "@/contract/backup";
import { administratorAction } from "@/lib/action";

/** Begins a backup of everything on this host's disk. */
export const startBackup = administratorAction.action(async ({ ctx }) => {
  const { id } = await ctx.engine.backups.start(ctx.actor);
  return { id };
});

/** Deletes a backup's file, or breaks off the one that is being made. */
export const deleteBackup = administratorAction
  .inputSchema(backupInput)
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.backups.delete(ctx.actor, parsedInput.id);
    revalidatePath("/admin/data");
  });
