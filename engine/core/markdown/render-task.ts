import { type MarkdownOptions, renderMarkdown } from "./render-markdown.ts";

export interface RenderInput {
  sources: string[];
  options: MarkdownOptions;
}

/** HTML of each. */
export function run({ sources, options }: RenderInput): string[] {
  return sources.map((source) => renderMarkdown(source, options));
}
