"use server";

import { widgetMarkdownInput } from "@/contract/home";
import { memberAction } from "@/lib/action";
import { findWidgetFiles } from "@/lib/frames";

/** What a widget's endpoint answered as Markdown, as HTML that is safe to show; pictures come from the module's files. */
export const renderWidgetMarkdown = memberAction
  .inputSchema(widgetMarkdownInput)
  .action(async ({ parsedInput: { target, markdown }, ctx }) => {
    const files = findWidgetFiles(ctx.viewer, target);
    if (files === null) return "";
    const [module = ""] = target.split("/");
    return ctx.engine.markdown.render(markdown, {
      ...{ ...files, headingLevel: 3, module, file: "a text that its widget shows" },
      // What one user sends does not make the others of the module wait.
      owner: `${module} ${ctx.viewer.userId}`,
    });
  });
