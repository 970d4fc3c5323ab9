"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { administratorAction } from "@/lib/action";
import { homeItems } from "@/lib/home-input";

/** What everybody begins with whose groups have no home of their own; null takes it back. */
export const saveHomeOfEveryone = administratorAction
  .inputSchema(z.strictObject({ items: homeItems.nullable() }))
  .action(async ({ parsedInput: { items }, ctx }) => {
    if (items === null) await ctx.engine.home.clearDefault(ctx.actor, "everyone");
    else await ctx.engine.home.setDefault(ctx.actor, "everyone", items);
    revalidatePath("/admin/home");
  });

/** What members of a group begin with; null takes it back. */
export const saveGroupHome = administratorAction
  .bindArgsSchemas([z.string().min(1).max(40)])
  .inputSchema(z.strictObject({ items: homeItems.nullable() }))
  .action(async ({ parsedInput: { items }, bindArgsParsedInputs: [key], ctx }) => {
    if (items === null) await ctx.engine.home.clearDefault(ctx.actor, { group: key });
    else await ctx.engine.home.setDefault(ctx.actor, { group: key }, items);
    revalidatePath("/admin/groups", "layout");
  });
