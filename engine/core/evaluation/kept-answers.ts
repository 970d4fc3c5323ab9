import { createHash } from "node:crypto";
import { isGraftError } from "../errors.ts";
import type { Task } from "./task.ts";

// A machine that was short of memory or hung once must not refuse a text for ever.
const refusedMs = 60_000;
/** What an entry takes besides its answer; a refusal has none. */
const entryChars = 200;

interface Kept {
  answer: Promise<unknown>;
  chars: number;
  /** Of a refusal; it is asked for again after that. */
  until: number;
}

/** Answers by the digest of what they answer, the least used thrown out first; whoever asks meanwhile waits for the same. */
export function createKeptAnswers(charsMax: number) {
  const kept = new Map<string, Kept>();
  let chars = 0;

  function grow(one: Kept, by: number): void {
    one.chars += by;
    chars += by;
    for (const oldest of kept.keys()) {
      if (chars <= charsMax) break;
      drop(oldest);
    }
  }
  function drop(key: string): void {
    chars -= kept.get(key)?.chars ?? 0;
    kept.delete(key);
  }

  return function keep<In, Out>(task: Task<In, Out>, input: In, run: () => Promise<Out>): Promise<Out> {
    const key = createHash("sha256").update(task.module).update(JSON.stringify(input)).digest("base64");
    const found = kept.get(key);
    if (found !== undefined && found.until > Date.now()) {
      kept.delete(key);
      kept.set(key, found);
      return found.answer as Promise<Out>;
    }
    drop(key);
    const one: Kept = { answer: run(), chars: 0, until: Number.POSITIVE_INFINITY };
    kept.set(key, one);
    grow(one, entryChars);
    one.answer.then(
      (answer) => {
        if (kept.get(key) === one) grow(one, JSON.stringify(answer).length);
      },
      (error: unknown) => {
        if (kept.get(key) !== one) return;
        if (isGraftError(error) && error.code === "TEXT_OVER_BUDGET") one.until = Date.now() + refusedMs;
        else drop(key);
      },
    );
    return one.answer as Promise<Out>;
  };
}
