"use server";

import { revalidatePath } from "next/cache";
import { keptDataInput, retentionInput } from "@/contract/kept-data";
import { administratorAction, operatorAction } from "@/lib/action";

/** Deletes kept tables or an exported file for good. */
export const deleteKeptData = administratorAction
  .inputSchema(keptDataInput)
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.install.keptData.delete(ctx.actor, parsedInput.id);
    revalidatePath("/admin/data");
  });

/** What would go with these settings; nothing is changed. */
export const previewRetention = operatorAction
  .inputSchema(retentionInput)
  .action(async ({ parsedInput, ctx }) => {
    const { items, bytes } = await ctx.engine.install.retention.preview(parsedInput);
    const modules = [...new Set(items.map(({ module }) => module))].sort();
    return { count: items.length, bytes, modules };
  });

/** How long snapshots and kept data stay; what is beyond it goes at once. */
export const saveRetention = administratorAction
  .inputSchema(retentionInput)
  .action(async ({ parsedInput, ctx }) => {
    const { removed } = await ctx.engine.install.retention.set(ctx.actor, parsedInput);
    revalidatePath("/admin/data");
    return { removed: removed && { count: removed.items.length, bytes: removed.bytes } };
  });
