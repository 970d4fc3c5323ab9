import type { FlagDefinition, FlagPreview } from "../../../contract/flags.ts";
import type { Directory } from "../../people/index.ts";
import { compileFlag } from "../targeting/compile-flag.ts";
import { contextOf } from "../targeting/context-of.ts";
import { explainFlag } from "../targeting/explain-flag.ts";
import { previewFlag } from "../targeting/preview-flag.ts";
import { inlineRequirements } from "../targeting/requirements.ts";
import type { FeatureFlags } from "../types.ts";
import type { createFlagChecks, Evaluators, Inputs } from "./check-flags.ts";
import type { LiveFlags } from "./live-flags.ts";

export interface FlagPreviews extends Pick<FeatureFlags, "explain" | "preview"> {
  /** Of one of several flags that are to be written together. */
  previewOne(key: string, flags: Inputs, evaluators: Evaluators): FlagPreview;
}

/** What flags answer, and would answer; nothing is written. */
export function createFlagPreviews(deps: {
  directory: Directory;
  live: LiveFlags;
  checks: ReturnType<typeof createFlagChecks>;
}): FlagPreviews {
  const { directory, live, checks } = deps;

  function previewOne(key: string, flags: Inputs, evaluators: Evaluators) {
    const becomes = checks.becoming(flags, evaluators);
    const next = compileFlag(key, inlineRequirements(key, becomes(key) as FlagDefinition, becomes));
    return previewFlag(live.compiled.get(key) ?? null, next, directory.identities());
  }

  return {
    previewOne,
    preview(key, proposed) {
      if (proposed !== null) {
        const flags = { [key]: { definition: proposed } };
        checks.checkAll(flags, live.stored.evaluators);
        return previewOne(key, flags, live.stored.evaluators);
      }
      const after = live.declared.get(key)?.definition ?? null;
      const next = after === null ? null : live.build(key, after);
      return previewFlag(live.compiled.get(key) ?? null, next, directory.identities());
    },
    explain(key, identity, { proposed, reader } = {}) {
      const { definition, archived } =
        proposed === undefined ? live.requireView(key) : { definition: proposed, archived: false };
      return explainFlag(key, live.asItCounts(definition, archived) as FlagDefinition, {
        person: { name: identity.name, context: contextOf(identity) },
        userName: (id) => directory.identity(id)?.name ?? id,
        resolve: (given) => live.resolve(key, given),
        reader,
      });
    },
  };
}
