import type { Evaluation } from "../../../contract/flags.ts";
import {
  describeWeights,
  readOutcome,
  type Weights,
  type Words,
  writeOutcome,
} from "../../../sdk/flags/index.ts";
import type { Json } from "../../core/index.ts";
import type { FlagContext } from "../types.ts";
import { drawPercent } from "./draw.ts";

export interface Share {
  /** "of on 10 %, off 90 %, where Ada stands at 7.3 %" */
  text: string;
  /** What another share, or time, would give. */
  changes: string[];
}

/** What a percentage or a roll-out gives one user, and when it would give something else; null: neither. */
export function explainShare(options: {
  key: string;
  answer: Json;
  person: { name: string; context: FlagContext };
  words: Words;
  nowSeconds: number;
  /** The flag's evaluation as if this were all it says, at a time. */
  ask: (answer: Json, at: number) => Evaluation;
}): Share | null {
  const { key, answer, person, words, nowSeconds, ask } = options;
  const outcome = readOutcome(answer);
  const { targetingKey } = person.context;
  if (outcome === null || outcome.kind === "variant" || typeof targetingKey !== "string") return null;
  const draw = drawPercent(key, targetingKey);
  const stands = `where ${person.name} stands at ${draw.toFixed(1)} %`;
  const now = ask(answer, nowSeconds).variant;
  if (outcome.kind === "split") {
    const text = `of ${describeWeights(outcome.weights)}, ${stands}`;
    return { text, changes: [...raised(outcome.weights)] };
  }
  const current = outcome.steps.filter(({ at }) => at <= nowSeconds).at(-1);
  const text =
    current === undefined ? "before the first step" : `of ${describeWeights(current.weights)}, ${stands}`;
  const later = outcome.steps.find(({ at }) => at > nowSeconds && ask(answer, at).variant !== now);
  if (later === undefined)
    return { text, changes: current === undefined ? [] : [...raised(current.weights)] };
  const then = ask(answer, later.at).variant ?? "the value in the code";
  return { text, changes: [`${then}, from ${words.dateTime(later.at)} on.`] };

  /** Raising the first share takes in those who stand next. */
  function* raised(weights: Weights): Generator<string> {
    const [first, ...rest] = weights;
    const last = rest.at(-1);
    if (first === undefined || last === undefined || first.variant === now) return;
    const needed = Math.floor(draw) + 1;
    const widened = [
      { variant: first.variant, weight: needed },
      { variant: last.variant, weight: 100 - needed },
    ];
    const asked = ask(writeOutcome({ kind: "split", weights: widened }) as Json, nowSeconds);
    if (asked.variant === first.variant) yield `${first.variant}, once its share is ${needed} % or more.`;
  }
}
