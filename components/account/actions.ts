"use server";

import { z } from "zod";
import { memberAction } from "@/lib/action";

const name = z.string().trim().min(1, "Enter a name.").max(100, "At most 100 characters.");

export const updateProfile = memberAction
  .inputSchema(
    z.object({ name, locale: z.string().max(40).nullable(), timeZone: z.string().max(60).nullable() }),
  )
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.access.users.update(ctx.actor, ctx.viewer.userId, parsedInput);
  });

export const changePassword = memberAction
  .inputSchema(
    z.object({
      current: z.string().min(1, "Enter your present password.").max(256),
      password: z.string().min(10, "At least 10 characters.").max(256, "At most 256 characters."),
    }),
  )
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.access.account.changePassword(ctx.actor, ctx.viewer.userId, parsedInput);
    return { email: ctx.viewer.email };
  });

export const signOutEverywhere = memberAction.action(async ({ ctx }) => {
  await ctx.engine.access.account.endSessions(ctx.actor, ctx.viewer.userId);
});

export const createToken = memberAction
  .inputSchema(z.object({ name, days: z.union([z.literal(30), z.literal(90), z.literal(365), z.null()]) }))
  .action(async ({ parsedInput: { name, days }, ctx }) => {
    const expiresAt = days === null ? null : new Date(Date.now() + days * 86_400_000).toISOString();
    const { secret } = await ctx.engine.access.tokens.create(ctx.actor, {
      userId: ctx.viewer.userId,
      name,
      expiresAt,
    });
    return { name, secret };
  });

/** The engine refuses a token of somebody else, unless an administrator asks. */
export const revokeToken = memberAction
  .inputSchema(z.object({ id: z.uuid() }))
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.access.tokens.revoke(ctx.actor, parsedInput.id);
  });
