import { LogicEngine } from "json-logic-engine";
import type { FlagContext } from "../types.ts";
import { fractional } from "./fractional.ts";
import { compareVersions } from "./sem-ver.ts";

const whole = Symbol("the whole context");

/**
 * Targeting that {@link compileTargeting} leaves alone (iteration, arithmetic, unusual shapes), built by the engine
 * that flagd's own core builds on. Slower, and exactly as odd.
 * @throws for an unknown operator
 */
export function buildLogic(logic: unknown, flagKey: string, nowSeconds: () => number) {
  const engine = new LogicEngine();
  const add = (name: string, answer: (args: unknown, context: FlagContext) => unknown) =>
    engine.addMethod(name, (args: unknown, context: unknown) => answer(args, requireWhole(context)));
  add("starts_with", (args) => matchEnd(args, (text, part) => text.startsWith(part)));
  add("ends_with", (args) => matchEnd(args, (text, part) => text.endsWith(part)));
  add("sem_ver", (args) =>
    Array.isArray(args) && args.length === 3 ? compareVersions(args[0], String(args[1]), args[2]) : null,
  );
  add("fractional", (args, context) => fractional(args, flagKey, context.targetingKey));
  const built = engine.build(logic);
  return (context: FlagContext): unknown =>
    built({ ...context, $flagd: { flagKey, timestamp: nowSeconds() }, [whole]: true }) as unknown;
}

/** Inside an iteration the context is the item; flagd's operators fail there. */
function requireWhole(context: unknown): FlagContext {
  if ((context as { [whole]?: true })[whole] !== true) throw new TypeError("not inside an iteration");
  return context as FlagContext;
}

function matchEnd(args: unknown, matches: (text: string, part: string) => boolean): boolean | null {
  if (!Array.isArray(args) || args.length !== 2) return null;
  const [text, part] = args as unknown[];
  return typeof text === "string" && typeof part === "string" ? matches(text, part) : null;
}
