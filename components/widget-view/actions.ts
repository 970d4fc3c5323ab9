"use server";

import { widgetMarkdownInput } from "@/contract/home";
import { memberAction } from "@/lib/action";
import { findWidgetFiles } from "@/lib/frames";
import { renderMarkdown } from "@/lib/render-markdown";

/** What a widget's endpoint answered as Markdown, as HTML that is safe to show; pictures come from the module's files. */
export const renderWidgetMarkdown = memberAction
  .inputSchema(widgetMarkdownInput)
  .action(async ({ parsedInput: { target, markdown }, ctx }) => {
    const files = findWidgetFiles(ctx.viewer, target);
    if (files === null) return "";
    return renderMarkdown(markdown, { ...files, headingLevel: 3 });
  });
