"use server";

import { returnServerError } from "next-safe-action";
import { deleteUserInput, newUserInput, userChangeInput, userInput } from "@/contract/people";
import { administratorAction } from "@/lib/action";
import { getEngine } from "@/lib/engine";
import { webProblem } from "@/lib/problem";
import { texts } from "./texts.ts";

export const inviteUser = administratorAction
  .inputSchema(newUserInput)
  .action(async ({ parsedInput, ctx }) => {
    const { user, secret, expiresAt } = await ctx.engine.access.users.invite(ctx.actor, parsedInput);
    return { name: user.name, email: user.email, link: inviteLink(secret), expiresAt };
  });

export const updateUser = administratorAction
  .inputSchema(userChangeInput)
  .action(({ parsedInput: { id, ...patch }, ctx }) => ctx.engine.access.users.update(ctx.actor, id, patch));

export const disableUser = administratorAction
  .inputSchema(userInput)
  .action(({ parsedInput, ctx }) => ctx.engine.access.users.disable(ctx.actor, parsedInput.id));

export const enableUser = administratorAction
  .inputSchema(userInput)
  .action(({ parsedInput, ctx }) => ctx.engine.access.users.enable(ctx.actor, parsedInput.id));

export const createPasswordLink = administratorAction
  .inputSchema(userInput)
  .action(async ({ parsedInput, ctx }) => {
    const { users } = ctx.engine.access;
    const user = await users.get(parsedInput.id);
    const { secret, expiresAt } = await users.createPasswordLink(ctx.actor, user.id);
    return { name: user.name, email: user.email, link: inviteLink(secret), expiresAt };
  });

export const deleteUser = administratorAction
  .inputSchema(deleteUserInput)
  .action(async ({ parsedInput, ctx }) => {
    const { users } = ctx.engine.access;
    const { email, name: who } = await users.get(parsedInput.id);
    // The dialog asks for the address; a request that skips the dialog has to know it too.
    if (email !== parsedInput.email) {
      return returnServerError(
        webProblem({ code: "CONFIRMATION_REQUIRED", status: 422 }, texts.deleteUserNeedsEmail(who)),
      );
    }
    await users.delete(ctx.actor, parsedInput.id);
  });

/** Absolute where the public address is known; otherwise the browser completes it. */
function inviteLink(secret: string): string {
  const path = `/invite/${secret}`;
  const { publicUrl } = getEngine().settings;
  return publicUrl === undefined ? path : new URL(path, publicUrl).href;
}
