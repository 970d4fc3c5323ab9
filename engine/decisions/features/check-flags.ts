import type { FlagInput } from "../../../contract/flags.ts";
import type { Json } from "../../core/index.ts";
import { checkFlag } from "../targeting/check-flag.ts";
import { type FindFlag, refuseCycle } from "../targeting/requirements.ts";
import { resolveRefs } from "../targeting/resolve-refs.ts";
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

  /** Whatever changes must leave every flag able to be built, those that name a changed one too. */
  function checkAll(flags: Inputs, evaluators: Evaluators) {
    for (const key of Object.keys(flags)) checkOne(key, flags, evaluators);
    const becomes = becoming(flags, evaluators);
    for (const [key, { definition }] of live.stored.flags) {
      if (!Object.hasOwn(flags, key))
        checkFlag(key, definition, { evaluators, declared: undefined, find: becomes });
    }
  }
  return { becoming, checkOne, checkAll };
}
