"use server";

import { z } from "zod";
import { memberAction } from "@/lib/action";
import { findWidgetFiles } from "@/lib/frames";
import { homeItems } from "@/lib/home-input";
import { renderMarkdown } from "@/lib/render-markdown";

/** The viewer's own arrangement; answers what their home shows now. */
export const saveHome = memberAction
  .inputSchema(z.strictObject({ items: homeItems }))
  .action(async ({ parsedInput, ctx }) => (await ctx.engine.home.save(ctx.viewer, parsedInput.items)).items);

/** Back to what the viewer's group begins with, or to everything they have. */
export const resetHome = memberAction.action(
  async ({ ctx }) => (await ctx.engine.home.reset(ctx.viewer)).items,
);

/** What a widget's endpoint answered as Markdown, as HTML that is safe to show; pictures come from the module's files. */
export const renderWidgetMarkdown = memberAction
  .inputSchema(z.strictObject({ target: z.string().max(90), markdown: z.string().max(20_000) }))
  .action(async ({ parsedInput: { target, markdown }, ctx }) => {
    const files = findWidgetFiles(ctx.viewer, target);
    if (files === null) return "";
    return renderMarkdown(markdown, { ...files, headingLevel: 3 });
  });
