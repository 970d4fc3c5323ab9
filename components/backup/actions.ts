"use server";

import { revalidatePath } from "next/cache";
import { backupInput, backupScheduleInput } from "@/contract/backup";
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

/** When backups are made by themselves, and how many are kept. */
export const saveBackupSchedule = administratorAction
  .inputSchema(backupScheduleInput)
  .action(async ({ parsedInput, ctx }) => {
    const { revision } = await ctx.engine.backups.scheduled.save(ctx.actor, parsedInput);
    revalidatePath("/admin/data");
    return { revision };
  });

/** Makes one now, as the schedule would. */
export const makeScheduledBackup = administratorAction.action(async ({ ctx }) => {
  const made = await ctx.engine.backups.scheduled.make(ctx.actor);
  revalidatePath("/admin/data");
  return made;
});
