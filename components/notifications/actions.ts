"use server";

import { markReadInput, markUnreadInput, ownPreferenceInput } from "@/contract/notifications";
import { memberAction } from "@/lib/action";

/** Without ids all of them; answers with those that were unread, so that the browser can take it back. */
export const markRead = memberAction.inputSchema(markReadInput).action(async ({ parsedInput, ctx }) => ({
  ids: await ctx.engine.notifications.markRead(ctx.viewer, parsedInput.ids),
}));

export const markUnread = memberAction.inputSchema(markUnreadInput).action(async ({ parsedInput, ctx }) => {
  await ctx.engine.notifications.markUnread(ctx.viewer, parsedInput.ids);
});

export const setNotificationPreference = memberAction
  .inputSchema(ownPreferenceInput)
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.notifications.setPreference(ctx.viewer, parsedInput);
  });
