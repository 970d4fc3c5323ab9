import type {
  ConditionOutcome,
  Evaluation,
  FlagDefinition,
  FlagExplanation,
  RuleOutcome,
} from "../../../contract/flags.ts";
import { describeCondition, readCondition, type Words } from "../../../sdk/flags/index.ts";
import type { Json } from "../../core/index.ts";
import type { FlagContext, Reader } from "../types.ts";
import { compileFlag } from "./compile-flag.ts";
import { explainShare, type Share } from "./explain-share.ts";

export interface Person {
  name: string;
  context: FlagContext;
}

export interface ExplainOptions {
  person: Person;
  /** Names of users by id. */
  userName: (id: string) => string;
  /** Puts required flags in place, so that conditions are told as written and judged as evaluated. */
  resolve: (definition: FlagDefinition) => FlagDefinition;
  reader?: Reader | undefined;
}

/** Every statement comes from evaluating: the conditions one by one, and the flag again with a rule left out. */
export function explainFlag(
  key: string,
  definition: FlagDefinition,
  { person, userName, resolve, reader }: ExplainOptions,
): FlagExplanation {
  const words: Words = { userName, dateTime: (at) => formatDateTime(at, reader) };
  const nowSeconds = Math.floor(Date.now() / 1000);
  const ask = (given: FlagDefinition, at = nowSeconds) =>
    compileFlag(key, resolve(given), () => at).evaluate(person.context).evaluation;
  const shareOf = (part: RulePart | undefined): Share | null =>
    part === undefined
      ? null
      : explainShare({
          key,
          answer: part.answer,
          person,
          words,
          nowSeconds,
          ask: (answer, at) => ask({ ...definition, targeting: { if: [true, answer, null] } }, at),
        });
  const evaluation = ask(definition);
  if (definition.state === "DISABLED") {
    const text = `${person.name} gets the value in the code: the flag is switched off.`;
    return { evaluation, text, rules: [], changes: ["Switching the flag on."] };
  }
  const parts = splitRules(definition.targeting);
  const rules = parts.map((part, i) => judge(part, i + 1));
  const decisive = rules.find((rule) => rule.matched);
  return { evaluation, text: tell(decisive), rules, changes: [...changesOf()] };

  function judge({ conditions, answer }: RulePart, number: number): RuleOutcome {
    const outcomes = conditions.map((condition): ConditionOutcome => {
      const known = readCondition(condition);
      const text = known === null ? JSON.stringify(condition) : describeCondition(known, words);
      return { text, met: isTrue(condition) };
    });
    const { variant } = ask({ ...definition, targeting: { if: [true, answer, null] } });
    return {
      number,
      conditions: outcomes,
      matched: outcomes.every(({ met }) => met),
      variant: variant ?? null,
    };
  }

  function isTrue(condition: Json): boolean {
    const probe: FlagDefinition = {
      state: "ENABLED",
      variants: { yes: true, no: false },
      targeting: { if: [condition, "yes", "no"] },
    };
    return ask(probe).value === true;
  }

  function tell(rule: RuleOutcome | undefined): string {
    const answer = nameAnswer(evaluation);
    if (evaluation.reason === "ERROR")
      return `${person.name} gets the value in the code: ${evaluation.errorDetails}.`;
    if (rule === undefined) {
      const why = rules.length === 0 ? "it is the same for everyone" : "no rule matches";
      return `${person.name} gets ${answer}: ${why}.`;
    }
    const because =
      rule.conditions.length === 0
        ? "it is for everyone"
        : rule.conditions.map(({ text }) => text).join(" and ");
    const share = shareOf(parts[rule.number - 1]);
    const drawn = share === null ? "" : `, ${share.text}`;
    return `${person.name} gets ${answer}: rule ${rule.number} matches (${because})${drawn}.`;
  }

  function* changesOf(): Generator<string> {
    for (const rule of rules) {
      if (rule === decisive) break;
      if (rule.variant === (evaluation.variant ?? null)) continue;
      const unmet = rule.conditions.filter(({ met }) => !met).map(({ text }) => text);
      yield `${rule.variant ?? "The value in the code"}, if rule ${rule.number} matched: ${unmet.join(" and ")}.`;
    }
    if (decisive === undefined) return;
    yield* shareOf(parts[decisive.number - 1])?.changes ?? [];
    const rest = parts
      .filter((_, i) => i !== decisive.number - 1)
      .flatMap((part) => [joinConditions(part.conditions), part.answer]);
    const without = ask({ ...definition, targeting: rest.length === 0 ? {} : { if: [...rest, null] } });
    if (without.variant !== evaluation.variant)
      yield `${nameAnswer(without)}, without rule ${decisive.number}.`;
  }
}

interface RulePart {
  conditions: Json[];
  answer: Json;
}

/** The top of the targeting as condition and answer, whoever wrote it. */
function splitRules(targeting: Record<string, Json> | undefined): RulePart[] {
  if (targeting === undefined || Object.keys(targeting).length === 0) return [];
  const args = targeting.if;
  if (!Array.isArray(args) || Object.keys(targeting).length > 1)
    return [{ conditions: [], answer: targeting }];
  const parts: RulePart[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    parts.push({ conditions: splitAnd(args[i] ?? null), answer: args[i + 1] ?? null });
  }
  const last = args.length % 2 === 1 ? (args.at(-1) ?? null) : null;
  return last === null ? parts : [...parts, { conditions: [], answer: last }];
}

function splitAnd(condition: Json): Json[] {
  if (condition === true) return [];
  if (typeof condition === "object" && condition !== null && !Array.isArray(condition)) {
    if (Array.isArray(condition.and) && Object.keys(condition).length === 1) return condition.and;
  }
  return [condition];
}

function joinConditions(conditions: Json[]): Json {
  if (conditions.length < 2) return conditions[0] ?? true;
  return { and: conditions };
}

/** "27 Nov 2026, 10:00 CET": people read their own zone, and which one it is. */
function formatDateTime(at: number, reader: Reader | undefined): string {
  return new Intl.DateTimeFormat(reader?.locale ?? "en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: reader?.timeZone ?? "UTC",
    timeZoneName: "short",
  }).format(at * 1000);
}

function nameAnswer({ variant }: Evaluation): string {
  return variant ?? "the value in the code";
}
