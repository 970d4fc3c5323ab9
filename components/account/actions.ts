"use server";

import { changePasswordInput, ownTokenInput, profileInput, tokenInput } from "@/contract/people";
import { memberAction } from "@/lib/action";

export const updateProfile = memberAction.inputSchema(profileInput).action(async ({ parsedInput, ctx }) => {
  await ctx.engine.access.users.update(ctx.actor, ctx.viewer.userId, parsedInput);
});

export const changePassword = memberAction
  .inputSchema(changePasswordInput)
  .action(async ({ parsedInput, ctx }) => {
    await ctx.engine.access.account.changePassword(ctx.actor, ctx.viewer.userId, parsedInput);
    return { email: ctx.viewer.email };
  });

export const signOutEverywhere = memberAction.action(async ({ ctx }) => {
  await ctx.engine.access.account.endSessions(ctx.actor, ctx.viewer.userId);
});

export const createToken = memberAction
  .inputSchema(ownTokenInput)
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
export const revokeToken = memberAction.inputSchema(tokenInput).action(async ({ parsedInput, ctx }) => {
  await ctx.engine.access.tokens.revoke(ctx.actor, parsedInput.id);
});
