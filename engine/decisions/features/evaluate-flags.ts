import { contextOf } from "../targeting/context-of.ts";
import { evaluateBulk } from "../targeting/evaluate-bulk.ts";
import type { FeatureFlags, FlagContext } from "../types.ts";
import type { UsageCounters } from "./count-usage.ts";
import { evaluateDeclared } from "./evaluate-declared.ts";
import type { LiveFlags } from "./live-flags.ts";

type Evaluation =
  | "evaluate"
  | "evaluateAll"
  | "evaluateBulk"
  | "contextOf"
  | "moduleValues"
  | "evaluateModule"
  | "compile";

/** What asks flags for their answers: in memory, synchronous and counted. */
export function evaluateFlags(live: LiveFlags, counters: UsageCounters): Pick<FeatureFlags, Evaluation> {
  const evaluateModule = (context: FlagContext, module: string) => evaluateDeclared(live, context, module);
  return {
    evaluate(key, context) {
      const flag = live.compiled.get(key);
      if (flag === undefined) return null;
      flag.usage.asked++;
      return flag.evaluate(context).evaluation;
    },
    evaluateAll(context) {
      counters.countAll();
      return live.all.map((flag) => flag.evaluate(context).evaluation);
    },
    evaluateBulk(context) {
      counters.countAll();
      return evaluateBulk(live.all, context);
    },
    contextOf,
    moduleValues(identity, module) {
      const answers = evaluateModule(contextOf(identity), module);
      return Object.fromEntries(answers.map(({ key, value }) => [key, value]));
    },
    evaluateModule,
    compile(key, definition) {
      const { evaluate } = live.build(key, definition);
      return (context) => evaluate(context).evaluation;
    },
  };
}
