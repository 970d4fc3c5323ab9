import { GraftError } from "../errors.ts";
import type { Subject } from "./task.ts";

export interface Budget {
  timeMs: number;
  heapMb: number;
  answerCharsMax: number;
}

export type Excess = "time" | "memory" | "answer" | "nesting";

/** Of a text that costs more than it may. Names the module, the file and the budget. */
export function overBudget({ module, file }: Subject, excess: Excess, budget: Budget): GraftError {
  const words: Record<Excess, string> = {
    time: `takes more than ${budget.timeMs / 1000} s of processor time to evaluate`,
    memory: `needs more than ${budget.heapMb} MB of memory to be evaluated`,
    answer: `gives more than ${budget.answerCharsMax / 1_000_000} MB`,
    nesting: "is nested too deeply to be evaluated",
  };
  return refusal({ module, file }, words[excess], { excess, budget });
}

/** Of a text that is not even begun with. */
export function tooLarge(subject: Subject, charsMax: number): GraftError {
  const words = `is larger than ${Math.round(charsMax / 1024)} KB`;
  return refusal(subject, words, { excess: "size", budget: { charsMax } });
}

function refusal({ module, file }: Subject, words: string, details: Record<string, unknown>): GraftError {
  return new GraftError("TEXT_OVER_BUDGET", `${module}: ${file} ${words}.`, {
    hint: "Nothing else was held up. The author of the text makes it smaller or simpler.",
    details: { module, file, ...details },
  });
}
