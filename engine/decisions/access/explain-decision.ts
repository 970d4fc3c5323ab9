import type { AccessSetting } from "../../../contract/access.ts";
import type { AccessExplanation, Decision } from "../../../contract/decisions.ts";
import type { FlagExplanation } from "../../../contract/flags.ts";
import type { Identity } from "../../people/index.ts";
import type { AccessTarget } from "../types.ts";
import type { Decide } from "./compile-rules.ts";

/** Explains the flag by which rules of access are evaluated. */
export type ExplainRules = (
  target: AccessTarget,
  setting: AccessSetting,
  identity: Identity,
) => FlagExplanation;

/** The decision in a person's words, naming the rule that made it. */
export function explainDecision(options: {
  decide: Decide;
  settings: ReadonlyMap<AccessTarget, AccessSetting>;
  identity: Identity;
  target: AccessTarget;
  explainRules?: ExplainRules;
}): AccessExplanation {
  const { decide, settings, identity, target, explainRules } = options;
  const decision = decide(identity, target);
  const verb = decision.allowed ? "has" : "does not have";
  const byRules = explainedRules(decision);
  return {
    decision,
    text: `${identity.name} ${verb} ${nameOf(target)}: ${because(decision)}.`,
    rules: byRules?.rules ?? [],
    changes: byRules?.changes ?? [],
  };

  function explainedRules({ reason, rule }: Decision): FlagExplanation | null {
    if (reason !== "BY_RULE" && reason !== "NOT_BY_RULE") return null;
    const setting = settings.get(rule ?? "");
    return (setting && explainRules?.(rule ?? "", setting, identity)) ?? null;
  }

  function because({ reason, rule, group }: Decision): string {
    switch (reason) {
      case "NOT_INSTALLED":
        return "it is not installed";
      case "USER_DISABLED":
        return "the account is disabled";
      case "NO_RULE":
        return "nobody was given it yet";
      case "EVERYONE":
        return `${subject(rule)} is given to everyone`;
      case "NOBODY":
        return `${subject(rule)} is given to nobody`;
      case "IN_GROUP":
        return `${subject(rule)} is given to the group ${group}`;
      case "NOT_IN_GROUP":
        return `${subject(rule)} is given to ${groupsOf(rule)}, and ${identity.name} is in ${ownGroups()}`;
      case "BY_RULE":
      case "NOT_BY_RULE": {
        const why = explainedRules({ reason, rule } as Decision)?.text.replace(/^.*?: /, "");
        return `${subject(rule)} is given by rules${why === undefined ? "" : `, where ${why.replace(/\.$/, "")}`}`;
      }
      case "THROUGH_WIDGET":
        return because(decide(identity, rule ?? ""));
      case "ADMINISTRATOR":
        return "administrators reach every installed module";
    }
  }

  /** "It", unless the rule is the module's and the question was about a widget. */
  function subject(rule: AccessTarget | null) {
    return rule === null || rule === target ? "it" : nameOf(rule);
  }

  function groupsOf(rule: AccessTarget | null) {
    const setting = rule === null ? undefined : settings.get(rule);
    const groups = setting?.mode === "groups" ? setting.groups : [];
    if (groups.length === 0) return "no group";
    return `${groups.length === 1 ? "the group" : "the groups"} ${join(groups)}`;
  }

  function ownGroups() {
    return identity.groups.length === 0 ? "no group" : `only ${join(identity.groups)}`;
  }
}

function nameOf(target: AccessTarget) {
  const [module, widget] = target.split("/");
  if (widget === "*") return `the API of ${module}`;
  return widget === undefined ? `the module ${module}` : `the widget ${widget} of ${module}`;
}

function join(words: readonly string[]) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
