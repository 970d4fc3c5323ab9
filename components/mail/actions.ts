"use server";

import { administratorAction } from "@/lib/action";

/** To the administrator who asks, at once. */
export const sendTestMail = administratorAction.action(({ ctx }) =>
  ctx.engine.notifications.mail.test(ctx.actor),
);
