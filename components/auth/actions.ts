"use server";

import { z } from "zod";
import { publicAction } from "@/lib/action";

const firstAdministrator = z.object({
  name: z.string().trim().min(1, "Enter your name.").max(100, "At most 100 characters."),
  email: z.string().trim().pipe(z.email("Enter an e-mail address, such as ada@example.org.")),
  password: z.string().min(10, "At least 10 characters.").max(256, "At most 256 characters."),
});

export const createFirstAdministrator = publicAction
  .inputSchema(firstAdministrator)
  .action(async ({ parsedInput, ctx }) => {
    const { email } = await ctx.engine.access.setup.createFirstAdministrator({
      ...parsedInput,
      ...(ctx.ip === undefined ? {} : { ip: ctx.ip }),
    });
    return { email };
  });

const acceptance = z.object({
  secret: z.string().min(1).max(200),
  name: z.string().trim().min(1, "Enter your name.").max(100, "At most 100 characters."),
  password: z.string().min(10, "At least 10 characters.").max(256, "At most 256 characters."),
});

export const acceptInvite = publicAction.inputSchema(acceptance).action(async ({ parsedInput, ctx }) => {
  const { email } = await ctx.engine.access.invites.accept({
    ...parsedInput,
    ...(ctx.ip === undefined ? {} : { ip: ctx.ip }),
  });
  return { email };
});
