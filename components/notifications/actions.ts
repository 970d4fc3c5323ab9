"use server";

import { z } from "zod";
import { memberAction } from "@/lib/action";

const ids = z.array(z.uuid()).max(1000);

/** Without ids all of them; answers with those that were unread, so that the browser can take it back. */
export const markRead = memberAction
  .inputSchema(z.object({ ids: ids.optional() }))
  .action(async ({ parsedInput, ctx }) => ({
    ids: await ctx.engine.notifications.markRead(ctx.viewer, parsedInput.ids),
  }));

export const markUnread = memberAction.inputSchema(z.object({ ids })).action(async ({ parsedInput, ctx }) => {
  await ctx.engine.notifications.markUnread(ctx.viewer, parsedInput.ids);
});

export const setNotificationPreference = memberAction
  .inputSchema(
    z.object({ module: z.string().max(60), kind: z.string().max(60), bell: z.boolean(), mail: z.boolean() }),
  )
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.notifications.setPreference(ctx.viewer, parsedInput);
  });
