import { type FlagDefinition, type FlagType, flagKeyPattern, flagKeyRule } from "../../../contract/flags.ts";
import { GraftError, type Json } from "../../core/index.ts";
import { compileTargeting } from "./compile-targeting.ts";
import { countSteps, logicStepsMax } from "./logic-cost.ts";
import { typeOf } from "./module-flags.ts";
import { type FindFlag, inlineWithin, malformedRequirement, requirementsIn } from "./requirements.ts";
import { expandRefs, logicCharsMax } from "./resolve-refs.ts";

const variantsMax = 50;

export interface FlagSurroundings {
  evaluators: Readonly<Record<string, Json>>;
  declared: FlagType | undefined;
  /** The other flags, as they will be. */
  find: FindFlag;
}

/** @throws INVALID_INPUT with everything that is wrong */
export function checkFlag(key: string, definition: FlagDefinition, options: FlagSurroundings): void {
  const problems = [...findProblems(key, definition, options)];
  if (problems.length === 0) return;
  throw new GraftError("INVALID_INPUT", `The flag ${key} is not accepted: ${problems.join("; ")}.`, {
    hint: "https://flagd.dev/reference/flag-definitions/ describes flag definitions.",
    details: { fieldErrors: { [key]: problems } },
  });
}

function* findProblems(
  key: string,
  definition: FlagDefinition,
  { evaluators, declared, find }: FlagSurroundings,
): Generator<string> {
  if (!flagKeyPattern.test(key)) yield `the key ${flagKeyRule}`;
  if (JSON.stringify(definition).length > logicCharsMax)
    yield `the definition is larger than ${logicCharsMax / 1000} kB`;
  const variants = Object.entries(definition.variants);
  if (variants.length === 0) yield "it needs at least one variant";
  if (variants.length > variantsMax) yield `it has more than ${variantsMax} variants`;
  const types = new Set(variants.map(([, value]) => (value === null ? "null" : typeof value)));
  if (types.size > 1) yield "the values of all variants must be of one type";
  if (types.has("null")) yield "a variant needs a value";
  if (declared !== undefined && variants.length > 0 && typeOf(definition) !== declared) {
    yield `its module expects values of the type ${declared}`;
  }
  const { defaultVariant } = definition;
  if (defaultVariant != null && !Object.hasOwn(definition.variants, defaultVariant)) {
    yield `there is no variant ${defaultVariant} to be the default`;
  }
  yield* findTargetingProblems(key, definition, { evaluators, find });
}

/** What is wrong with the rules alone; also of rules that give access. */
export function* findTargetingProblems(
  key: string,
  definition: FlagDefinition,
  { evaluators, find }: Pick<FlagSurroundings, "evaluators" | "find">,
): Generator<string> {
  const resolved = expandRefs(definition, evaluators);
  if (resolved === null) {
    yield `with the evaluators it shares it is larger than ${logicCharsMax / 1000} kB`;
    return;
  }
  const { targeting } = resolved;
  if (targeting === undefined || Object.keys(targeting).length === 0) return;
  const missingRef = /\{"\$ref":"([^"]+)"\}/.exec(JSON.stringify(targeting))?.[1];
  if (missingRef !== undefined) yield `there is no shared evaluator ${missingRef}`;
  else {
    yield* findRequirementProblems(targeting, find);
    yield* findCostProblems(key, inlineWithin(key, resolved, find)?.targeting);
  }
  for (const variant of answersOf(targeting)) {
    if (!Object.hasOwn(definition.variants, variant))
      yield `its targeting answers ${variant}, which is no variant`;
  }
}

/** What would cost too much is not built: building evaluates what stands there for good. */
function* findCostProblems(key: string, inlined: FlagDefinition["targeting"]): Generator<string> {
  if (inlined === undefined || JSON.stringify(inlined).length > logicCharsMax) {
    yield `with the flags it requires it is larger than ${logicCharsMax / 1000} kB`;
  } else if (countSteps(inlined) > logicStepsMax) {
    yield `one evaluation may take more than ${logicStepsMax} steps: its iterations multiply`;
  } else {
    try {
      compileTargeting(inlined, key, () => 0);
    } catch {
      yield "its targeting uses an operator that flagd does not know";
    }
  }
}

function* findRequirementProblems(targeting: Json, find: FindFlag): Generator<string> {
  const malformed = malformedRequirement(targeting);
  if (malformed !== null) yield `${malformed} must read { "$flag": ["key", ["variant"]] }`;
  for (const { flag, variants } of requirementsIn(targeting)) {
    const required = find(flag);
    if (required === null) yield `it requires the flag ${flag}, which does not exist`;
    else {
      const missing = variants.filter((variant) => !Object.hasOwn(required.variants, variant));
      if (missing.length > 0)
        yield `it requires ${flag} to give ${missing.join(" or ")}, which it does not have`;
    }
  }
}

/** The variants named where an answer stands: ends of `if` and buckets of `fractional`. */
function answersOf(logic: Json): Set<string> {
  if (typeof logic === "string") return new Set([logic]);
  if (typeof logic !== "object" || logic === null || Array.isArray(logic)) return new Set();
  const found = new Set<string>();
  const args = logic.if ?? logic.fractional;
  if (!Array.isArray(args)) return found;
  for (const [i, arg] of args.entries()) {
    const isAnswer = logic.if !== undefined ? i % 2 === 1 || i === args.length - 1 : Array.isArray(arg);
    if (!isAnswer) continue;
    for (const name of answersOf(Array.isArray(arg) ? (arg[0] ?? null) : arg)) found.add(name);
  }
  return found;
}
