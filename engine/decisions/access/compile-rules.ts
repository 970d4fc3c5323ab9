import type { AccessSetting } from "../../../contract/access.ts";
import type { Decision, DecisionReason } from "../../../contract/decisions.ts";
import type { Evaluation, FlagDefinition } from "../../../contract/flags.ts";
import type { Identity } from "../../people/index.ts";
import { type CompiledFlag, compileFlag } from "../targeting/compile-flag.ts";
import { contextOf } from "../targeting/context-of.ts";
import type { AccessTarget, FlagContext } from "../types.ts";
import { accessDefinition, accessKey, groupOf } from "./access-definition.ts";

/** What of an installed module can be given. */
export interface InstalledTargets {
  name: string;
  widgets: string[];
}

export type Decide = (identity: Identity, target: AccessTarget) => Decision;
/** Builds the flag that access is decided by. */
export type CompileAccess = (key: string, definition: FlagDefinition) => CompiledFlag;

interface Compiled {
  answer(context: FlagContext): Decision;
  /** Of an API: the widgets with rules of their own, each of which opens it too. */
  widgets: readonly { rule: Compiled; through: Decision }[];
  /** Administrators reach it whatever the rule says (ADR 4); widgets are for those who were given them. */
  administrators: boolean;
}

const notInstalled = decision(false, "NOT_INSTALLED", { rule: null });
const userDisabled = decision(false, "USER_DISABLED", { rule: null });
const administrator = decision(true, "ADMINISTRATOR", { rule: null });

/**
 * Access is decided by the evaluator of flags: each setting becomes a definition, compiled as every flag is. Every
 * possible decision is built once, so that deciding is a look-up, an evaluation and no allocation: callers share the
 * frozen decisions. What hangs on a module by `@` (`news@next`, a version for some) is decided by a rule of its own;
 * without one it is nobody's, administrators included.
 */
export function compileRules(
  rules: ReadonlyMap<AccessTarget, AccessSetting>,
  installed: readonly InstalledTargets[],
  compile: CompileAccess = compileFlag,
): Decide {
  const compiled = new Map<AccessTarget, Compiled>();
  for (const { name, widgets } of installed) {
    const module = { ...compileRule(name, rules.get(name), compile), administrators: true };
    const doors: Compiled["widgets"][number][] = [];
    for (const widget of widgets) {
      const target = `${name}/${widget}`;
      const setting = rules.get(target);
      const rule =
        setting === undefined ? { ...module, administrators: false } : compileRule(target, setting, compile);
      compiled.set(target, rule);
      if (setting !== undefined)
        doors.push({ rule, through: decision(true, "THROUGH_WIDGET", { rule: target }) });
    }
    compiled.set(name, module);
    compiled.set(`${name}/*`, { ...module, widgets: doors });
  }
  for (const [target, setting] of rules) {
    const [module = "", channel] = target.split("@");
    if (channel !== undefined && compiled.has(module))
      compiled.set(target, compileRule(target, setting, compile));
  }
  return (identity, target) => {
    if (!identity.enabled) return userDisabled;
    const rule = compiled.get(target);
    if (rule === undefined) return notInstalled;
    const answered = answer(rule, contextOf(identity));
    if (answered.allowed || !rule.administrators || identity.role !== "administrator") return answered;
    return administrator;
  };
}

function answer(rule: Compiled, context: FlagContext): Decision {
  const own = rule.answer(context);
  if (own.allowed) return own;
  for (const { rule: widget, through } of rule.widgets) {
    if (widget.answer(context).allowed) return through;
  }
  return own;
}

function compileRule(
  target: AccessTarget,
  setting: AccessSetting | undefined,
  compile: CompileAccess,
): Compiled {
  if (setting === undefined) {
    const unset = decision(false, "NO_RULE", { rule: null });
    return { answer: () => unset, widgets: [], administrators: false };
  }
  const definition = accessDefinition(setting);
  const flag = compile(accessKey(target), definition);
  const refused = decide(target, setting, undefined);
  const decisions = new Map(
    Object.entries(definition.variants).map(([variant, value]) => [
      variant,
      value === true ? decide(target, setting, variant) : refused,
    ]),
  );
  return {
    // Whatever cannot be evaluated gives nothing to anybody.
    answer: (context) => decisions.get(flag.evaluate(context).evaluation.variant as string) ?? refused,
    widgets: [],
    administrators: false,
  };
}

/** How an evaluation reads as a decision; no variant: nothing was given. */
function decide(target: AccessTarget, { mode }: AccessSetting, variant: Evaluation["variant"]): Decision {
  const allowed = variant !== undefined;
  if (mode === "everyone") return decision(allowed, allowed ? "EVERYONE" : "NOBODY", { rule: target });
  if (mode === "nobody") return decision(false, "NOBODY", { rule: target });
  if (mode === "rules") return decision(allowed, allowed ? "BY_RULE" : "NOT_BY_RULE", { rule: target });
  return decision(allowed, allowed ? "IN_GROUP" : "NOT_IN_GROUP", { rule: target, group: groupOf(variant) });
}

function decision(
  allowed: boolean,
  reason: DecisionReason,
  { rule, group = null }: { rule: AccessTarget | null; group?: string | null },
) {
  return Object.freeze({ allowed, reason, rule, group });
}
