import type { CompiledFlag } from "../targeting/compile-flag.ts";
import type { DeclaredFlag } from "../targeting/module-flags.ts";
import type { FlagContext, ModuleEvaluation } from "../types.ts";
import type { UsageCounter } from "./count-usage.ts";

export interface LiveFlag extends CompiledFlag {
  usage: UsageCounter;
}

/** What one module's code gets: its flags by the names in its manifest, its own default where nothing else decides. */
export function evaluateDeclared(
  flags: { declared: ReadonlyMap<string, DeclaredFlag>; compiled: ReadonlyMap<string, LiveFlag> },
  context: FlagContext,
  module: string,
): ModuleEvaluation[] {
  const answers: ModuleEvaluation[] = [];
  for (const [key, { module: owner, name, fallback }] of flags.declared) {
    if (owner !== module) continue;
    const flag = flags.compiled.get(key) as LiveFlag;
    flag.usage.sent++;
    const { value = fallback, variant, reason } = flag.evaluate(context).evaluation;
    answers.push({ key: name, value, reason, ...(variant === undefined ? {} : { variant }) });
  }
  return answers;
}
