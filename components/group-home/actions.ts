"use server";

import { revalidatePath } from "next/cache";
import { homeDefaultInput } from "@/contract/home";
import { groupKey } from "@/contract/limits";
import { administratorAction } from "@/lib/action";

/** What everybody begins with whose groups have no home of their own; null takes it back. */
export const saveHomeOfEveryone = administratorAction
  .inputSchema(homeDefaultInput)
  .action(async ({ parsedInput: { items }, ctx }) => {
    if (items === null) await ctx.engine.home.clearDefault(ctx.actor, "everyone");
    else await ctx.engine.home.setDefault(ctx.actor, "everyone", items);
    revalidatePath("/admin/home");
  });

/** What members of a group begin with; null takes it back. */
export const saveGroupHome = administratorAction
  .bindArgsSchemas([groupKey])
  .inputSchema(homeDefaultInput)
  .action(async ({ parsedInput: { items }, bindArgsParsedInputs: [key], ctx }) => {
    if (items === null) await ctx.engine.home.clearDefault(ctx.actor, { group: key });
    else await ctx.engine.home.setDefault(ctx.actor, { group: key }, items);
    revalidatePath("/admin/groups", "layout");
  });
