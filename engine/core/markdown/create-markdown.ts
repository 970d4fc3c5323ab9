import { defineTask, evaluate, type Subject, tooLarge } from "../evaluation/index.ts";
import type { MarkdownOptions } from "./render-markdown.ts";
import type { run } from "./render-task.ts";

/** Markdown that modules and people wrote, drawn beside the host; what was drawn is kept. */
export interface Markdown {
  /** HTML that is safe to place in a page. @throws TEXT_OVER_BUDGET, EVALUATION_BUSY */
  render(source: string, text: MarkdownOptions & Subject): Promise<string>;
  /** Several texts of one file within one budget. */
  renderAll(sources: readonly string[], text: MarkdownOptions & Subject): Promise<string[]>;
}

const charsMax = 256 * 1024;
const task = defineTask<typeof run>(new URL("./render-task.ts", import.meta.url), {
  timeMs: 2000,
  answerCharsMax: 1_000_000,
  keep: true,
});

export function createMarkdown(): Markdown {
  async function renderAll(sources: readonly string[], text: MarkdownOptions & Subject): Promise<string[]> {
    const { module, file, owner, ...options } = text;
    const subject = { module, file, ...(owner === undefined ? {} : { owner }) };
    const chars = sources.reduce((sum, source) => sum + source.length, 0);
    if (chars === 0) return sources.map(() => "");
    if (chars > charsMax) throw tooLarge(subject, charsMax);
    return evaluate(task, { sources: [...sources], options }, subject);
  }
  return {
    renderAll,
    render: async (source, text) => (await renderAll([source], text))[0] ?? "",
  };
}
