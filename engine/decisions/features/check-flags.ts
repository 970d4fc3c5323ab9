import type { FlagDefinition, FlagInput } from "../../../contract/flags.ts";
import { GraftError, type Json } from "../../core/index.ts";
import { checkFlag } from "../targeting/check-flag.ts";
import { type FindFlag, refuseCycle } from "../targeting/requirements.ts";
import { expandRefs, resolveRefs } from "../targeting/resolve-refs.ts";
import type { LiveFlags } from "./live-flags.ts";

export type Inputs = Record<string, FlagInput>;
export type Evaluators = Readonly<Record<string, Json>>;

/** Holds flags that are to be written against all that are there. */
export function createFlagChecks(live: Pick<LiveFlags, "find" | "asItCounts" | "stored" | "declared">) {
  /** The flags as they will be with these. */
  function becoming(flags: Inputs, evaluators: Evaluators): FindFlag {
    return (key) => {
      const input = Object.hasOwn(flags, key) ? flags[key] : undefined;
      if (input === undefined) return live.find(key);
      const definition = resolveRefs(input.definition, evaluators);
      const archived = input.archived ?? live.stored.flags.get(key)?.archived;
      return archived ? live.asItCounts(definition, true) : definition;
    };
  }

  function checkOne(key: string, flags: Inputs, evaluators: Evaluators) {
    const becomes = becoming(flags, evaluators);
    refuseCycle(key, becomes);
    const { definition } = flags[key] as FlagInput;
    checkFlag(key, definition, { evaluators, declared: live.declared.get(key)?.type, find: becomes });
  }

  /**
   * Each flag may be within its size, and all of them together more than can be built while others wait.
   * @throws INVALID_INPUT
   */
  function checkTogether(flags: Inputs, evaluators: Evaluators) {
    let chars = 0;
    const count = (definition: FlagDefinition) => {
      const { targeting } = definition;
      const expanded = expandRefs(definition, evaluators)?.targeting;
      if (expanded !== targeting) chars += JSON.stringify(expanded ?? null).length;
      if (chars > expandedCharsMax) throw tooMuchTogether();
    };
    for (const { definition } of Object.values(flags)) count(definition);
    for (const [key, { definition }] of live.stored.flags) if (!Object.hasOwn(flags, key)) count(definition);
  }

  /** Whatever changes must leave every flag able to be built, those that name a changed one too. */
  function checkAll(flags: Inputs, evaluators: Evaluators) {
    checkTogether(flags, evaluators);
    for (const key of Object.keys(flags)) checkOne(key, flags, evaluators);
    const becomes = becoming(flags, evaluators);
    for (const [key, { definition }] of live.stored.flags) {
      if (!Object.hasOwn(flags, key))
        checkFlag(key, definition, { evaluators, declared: undefined, find: becomes });
    }
  }
  return { becoming, checkOne, checkAll, checkTogether };
}

const expandedCharsMax = 4_000_000;

function tooMuchTogether(): GraftError {
  const words = `With the evaluators they share, all flags together are larger than ${expandedCharsMax / 1_000_000} MB.`;
  return new GraftError("INVALID_INPUT", words, {
    hint: "Make the shared evaluators smaller, or share them among fewer flags.",
    details: { charsMax: expandedCharsMax },
  });
}
