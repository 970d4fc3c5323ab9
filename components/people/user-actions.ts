"use server";

import { returnServerError } from "next-safe-action";
import { z } from "zod";
import { administratorAction } from "@/lib/action";
import { getEngine } from "@/lib/engine";
import { webProblem } from "@/lib/problem";

const name = z.string().trim().min(1, "Enter a name.").max(100, "At most 100 characters.");
const role = z.enum(["administrator", "operator", "member"]);
const groups = z.array(z.string().max(40)).max(200);
const person = z.object({ id: z.uuid() });

export const inviteUser = administratorAction
  .inputSchema(
    z.object({
      name,
      email: z.string().trim().pipe(z.email("Enter an e-mail address, such as ada@example.org.")),
      role,
      groups,
    }),
  )
  .action(async ({ parsedInput, ctx }) => {
    const { user, secret, expiresAt } = await ctx.engine.access.users.invite(ctx.actor, parsedInput);
    return { name: user.name, email: user.email, link: inviteLink(secret), expiresAt };
  });

export const updateUser = administratorAction
  .inputSchema(person.extend({ name, role, groups }))
  .action(({ parsedInput: { id, ...patch }, ctx }) => ctx.engine.access.users.update(ctx.actor, id, patch));

export const disableUser = administratorAction
  .inputSchema(person)
  .action(({ parsedInput, ctx }) => ctx.engine.access.users.disable(ctx.actor, parsedInput.id));

export const enableUser = administratorAction
  .inputSchema(person)
  .action(({ parsedInput, ctx }) => ctx.engine.access.users.enable(ctx.actor, parsedInput.id));

export const createPasswordLink = administratorAction
  .inputSchema(person)
  .action(async ({ parsedInput, ctx }) => {
    const { users } = ctx.engine.access;
    const user = await users.get(parsedInput.id);
    const { secret, expiresAt } = await users.createPasswordLink(ctx.actor, user.id);
    return { name: user.name, email: user.email, link: inviteLink(secret), expiresAt };
  });

export const deleteUser = administratorAction
  .inputSchema(person.extend({ email: z.string().max(254) }))
  .action(async ({ parsedInput, ctx }) => {
    const { users } = ctx.engine.access;
    const { email, name: who } = await users.get(parsedInput.id);
    // The dialog asks for the address; a request that skips the dialog has to know it too.
    if (email !== parsedInput.email) {
      return returnServerError(
        webProblem("CONFIRMATION_REQUIRED", 422, `Deleting ${who} needs their e-mail address typed.`),
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
