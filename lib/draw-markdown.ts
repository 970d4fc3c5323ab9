import type { Markdown } from "../engine/core/markdown/index.ts";
import { getEngine } from "./engine.ts";

/** What a module's author wrote, for a page; `problem` says why it cannot be shown. */
export interface DrawnText {
  /** Sanitised. */
  html: string;
  problem: string | null;
}

type Text = Parameters<Markdown["render"]>[1];

export async function drawMarkdown(source: string, text: Text): Promise<DrawnText> {
  const [drawn] = await drawAllMarkdown([source], text);
  return drawn ?? { html: "", problem: null };
}

/** Several texts of one file. A page is not refused because of one that cannot be drawn. */
export async function drawAllMarkdown(sources: readonly string[], text: Text): Promise<DrawnText[]> {
  const { markdown, toProblem } = getEngine();
  try {
    const htmls = await markdown.renderAll(sources, text);
    return htmls.map((html) => ({ html, problem: null }));
  } catch (error) {
    const problem = toProblem(error).detail;
    return sources.map((source) => ({ html: "", problem: source === "" ? null : problem }));
  }
}
