"use server";

import { acceptInviteInput, firstAdministratorInput } from "@/contract/people";
import { publicAction } from "@/lib/action";

export const createFirstAdministrator = publicAction
  .inputSchema(firstAdministratorInput)
  .action(async ({ parsedInput, ctx }) => {
    const { email } = await ctx.engine.access.setup.createFirstAdministrator({
      ...parsedInput,
      ...(ctx.ip === undefined ? {} : { ip: ctx.ip }),
    });
    return { email };
  });

export const acceptInvite = publicAction
  .inputSchema(acceptInviteInput)
  .action(async ({ parsedInput, ctx }) => {
    const { email } = await ctx.engine.access.invites.accept({
      ...parsedInput,
      ...(ctx.ip === undefined ? {} : { ip: ctx.ip }),
    });
    return { email };
  });
