import { createHash } from "node:crypto";
import type { Evaluation, FlagDefinition, FlagReason } from "../../../contract/flags.ts";
import type { Json } from "../../core/index.ts";
import type { FlagContext } from "../types.ts";
import { compileTargeting } from "./compile-targeting.ts";
import type { Read } from "./read.ts";

/** An answer and how it is told, made once, so that evaluating allocates nothing. */
export interface Prepared {
  readonly evaluation: Evaluation;
  /** Its OFREP form, in ASCII alone; empty when there is nothing to tell, so that clients take the value in their code. */
  readonly json: string;
  /** 12 hex digits of the answer's hash. */
  readonly tag: string;
}

export interface CompiledFlag {
  readonly key: string;
  evaluate(context: FlagContext): Prepared;
}

const realClock = () => Math.floor(Date.now() / 1000);

/** Never throws: a definition that cannot be built answers with an error, as flagd does. */
export function compileFlag(
  key: string,
  definition: FlagDefinition,
  nowSeconds: () => number = realClock,
): CompiledFlag {
  if (definition.state === "DISABLED") return always(key, prepare(key, { reason: "DISABLED" }));
  const variants = new Map(Object.entries(definition.variants));
  const defaultVariant = definition.defaultVariant || undefined;
  const answersWith = (reason: FlagReason) => answersOf(key, variants, reason);
  const noDefault = prepare(key, { reason: "DEFAULT" });

  if (definition.targeting === undefined || Object.keys(definition.targeting).length === 0) {
    return always(
      key,
      defaultVariant === undefined ? noDefault : pick(key, answersWith("STATIC"), defaultVariant),
    );
  }
  let targeting: Read;
  try {
    targeting = compileTargeting(definition.targeting, key, nowSeconds);
  } catch {
    const errorDetails = `Invalid targeting configuration for flag '${key}'`;
    return always(key, prepare(key, { reason: "ERROR", errorCode: "PARSE_ERROR", errorDetails }));
  }
  const failed = prepare(key, {
    reason: "ERROR",
    errorCode: "GENERAL",
    errorDetails: `Error evaluating targeting rule for flag '${key}'`,
  });
  const byDefault =
    defaultVariant === undefined ? noDefault : pick(key, answersWith("DEFAULT"), defaultVariant);
  const matches = answersWith("TARGETING_MATCH");
  return {
    key,
    evaluate(context) {
      try {
        const variant = targeting(context);
        if (variant === null || variant === undefined) return byDefault;
        const name = typeof variant === "string" ? variant : (variant as object).toString();
        return matches.get(name) ?? pick(key, matches, name);
      } catch {
        return failed;
      }
    },
  };
}

function always(key: string, answer: Prepared): CompiledFlag {
  return { key, evaluate: () => answer };
}

function answersOf(key: string, variants: Map<string, Json>, reason: FlagReason): Map<string, Prepared> {
  return new Map(
    [...variants].map(([variant, value]) => [variant, prepare(key, { value, variant, reason })]),
  );
}

function pick(key: string, answers: ReadonlyMap<string, Prepared>, variant: string): Prepared {
  const errorDetails = `Variant '${variant}' not found in flag with key '${key}'`;
  return answers.get(variant) ?? prepare(key, { reason: "ERROR", errorCode: "GENERAL", errorDetails });
}

function prepare(key: string, answer: Omit<Evaluation, "key">): Prepared {
  const evaluation = Object.freeze({ key, ...answer });
  const told = answer.value !== undefined || answer.errorCode !== undefined;
  const json = told ? toAscii(JSON.stringify(evaluation)) : "";
  return { evaluation, json, tag: createHash("sha256").update(json).digest("hex").slice(0, 12) };
}

/** The same JSON with everything beyond ASCII escaped: such a text is written without being encoded. */
function toAscii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
