"use server";

import { z } from "zod";
import { memberAction } from "@/lib/action";
import { findWidgetFiles } from "@/lib/frames";
import { renderMarkdown } from "@/lib/render-markdown";

/** What a widget's endpoint answered as Markdown, as HTML that is safe to show; pictures come from the module's files. */
export const renderWidgetMarkdown = memberAction
  .inputSchema(z.strictObject({ target: z.string().max(90), markdown: z.string().max(20_000) }))
  .action(async ({ parsedInput: { target, markdown }, ctx }) => {
    const files = findWidgetFiles(ctx.viewer, target);
    if (files === null) return "";
    return renderMarkdown(markdown, { ...files, headingLevel: 3 });
  });
