"use server";

import { saveHomeInput } from "@/contract/home";
import { memberAction } from "@/lib/action";

/** The viewer's own arrangement; answers what their home shows now. */
export const saveHome = memberAction
  .inputSchema(saveHomeInput)
  .action(async ({ parsedInput, ctx }) => (await ctx.engine.home.save(ctx.viewer, parsedInput.items)).items);

/** Back to what the viewer's group begins with, or to everything they have. */
export const resetHome = memberAction.action(
  async ({ ctx }) => (await ctx.engine.home.reset(ctx.viewer)).items,
);
