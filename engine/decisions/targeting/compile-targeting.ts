import { compileMembership } from "./compile-membership.ts";
import { emptyHash, finishHash, fractional, layOutBuckets, pickBucket, readChars } from "./fractional.ts";
import type { Read } from "./read.ts";
import { buildLogic } from "./run-logic.ts";
import { answer, readVersion } from "./sem-ver.ts";

interface Scope {
  flagKey: string;
  nowSeconds: () => number;
}

/** Thrown while compiling: this shape is the general engine's. */
const notHere = Symbol("not compiled here");

/**
 * Targeting as closures that answer as flagd's core does, quirks included: `engine/decisions/targeting/flagd.test.ts` holds them
 * against it. What is not in the everyday set of shapes goes to the engine flagd itself uses.
 * @throws for targeting that flagd cannot build either
 */
export function compileTargeting(logic: unknown, flagKey: string, nowSeconds: () => number): Read {
  try {
    return compile(logic, { flagKey, nowSeconds });
  } catch (error) {
    if (error !== notHere) throw error;
    return buildLogic(logic, flagKey, nowSeconds);
  }
}

function leaveToEngine(): never {
  throw notHere;
}

function compile(logic: unknown, scope: Scope): Read {
  if (isPrimitive(logic)) return () => logic;
  if (Array.isArray(logic) || typeof logic !== "object" || logic === null) leaveToEngine();
  const [[operator, args] = [], ...more] = Object.entries(logic);
  if (operator === undefined || more.length > 0) leaveToEngine();
  if (operator === "var") return compileVar(args, scope);
  if (operator === "fractional") return compileFractional(args, scope);
  // Without anything of the context in it, the engine answers once and for all while it builds.
  if (!Object.hasOwn(operators, operator) || !dependsOnContext(args)) leaveToEngine();
  if (!Array.isArray(args) && operator !== "!" && operator !== "!!") leaveToEngine();
  return (operators[operator] as Operator)(Array.isArray(args) ? args : [args], scope);
}

type Operator = (args: unknown[], scope: Scope) => Read;

const operators: Record<string, Operator> = {
  if: compileIf,
  and(args, scope) {
    const all = args.map((arg) => compile(arg, scope));
    return (context) => {
      let last: unknown = null;
      for (let i = 0; i < all.length; i++) {
        last = (all[i] as Read)(context);
        if (!truthy(last)) return last;
      }
      return last;
    };
  },
  or(args, scope) {
    const any = args.map((arg) => compile(arg, scope));
    return (context) => {
      let last: unknown = null;
      for (let i = 0; i < any.length; i++) {
        last = (any[i] as Read)(context);
        if (truthy(last)) return last;
      }
      return last;
    };
  },
  "!"(args, scope) {
    if (args.length !== 1) leaveToEngine();
    const value = compile(args[0], scope);
    return (context) => !truthy(value(context));
  },
  "!!"(args, scope) {
    if (args.length !== 1) leaveToEngine();
    const value = compile(args[0], scope);
    return (context) => Boolean(truthy(value(context)));
  },
  cat: compileCat,
  in: compileIn,
  starts_with: (args, scope) => compileEnd(args, scope, (text, part) => text.startsWith(part)),
  ends_with: (args, scope) => compileEnd(args, scope, (text, part) => text.endsWith(part)),
  sem_ver: compileSemVer,
  "===": (args, scope) => compileStrict(args, scope, true),
  "!==": (args, scope) => compileStrict(args, scope, false),
  // biome-ignore lint/suspicious/noDoubleEquals: flagd's == is JavaScript's
  "==": (args, scope) => compileComparison(args, scope, (a, b) => a == b),
  // biome-ignore lint/suspicious/noDoubleEquals: as above
  "!=": (args, scope) => compileComparison(args, scope, (a, b) => a != b),
  "<": (args, scope) => compileComparison(args, scope, (a, b) => (a as number) < (b as number)),
  "<=": (args, scope) => compileComparison(args, scope, (a, b) => (a as number) <= (b as number)),
  ">": (args, scope) => compileComparison(args, scope, (a, b) => (a as number) > (b as number)),
  ">=": (args, scope) => compileComparison(args, scope, (a, b) => (a as number) >= (b as number)),
};

function compileIf(args: unknown[], scope: Scope): Read {
  if (args.length < 3) leaveToEngine();
  const parts = args.map((arg) => compile(arg, scope));
  const otherwise = parts.length % 2 === 1 ? (parts.pop() as Read) : () => null;
  if (parts.length === 2) {
    const [condition, then] = parts as [Read, Read];
    return (context) => (truthy(condition(context)) ? then(context) : otherwise(context));
  }
  const general: Read = (context) => {
    for (let i = 0; i < parts.length; i += 2) {
      if (truthy((parts[i] as Read)(context))) return (parts[i + 1] as Read)(context);
    }
    return otherwise(context);
  };
  return compileMembership(args, general) ?? general;
}

/** A name that stands in the code is read several times quicker than one that a closure keeps. */
const directReads: Record<string, Read> = {
  targetingKey: (context) => plain(context.targetingKey),
  groups: (context) => plain(context.groups),
  email: (context) => plain(context.email),
  role: (context) => plain(context.role),
  userId: (context) => plain(context.userId),
};

function plain(value: unknown): unknown {
  return typeof value === "function" ? null : (value ?? null);
}

function compileVar(args: unknown, scope: Scope): Read {
  const given = Array.isArray(args) ? args : [args];
  if (given.length < 1 || given.length > 2 || !isPrimitive(given[1] ?? null)) leaveToEngine();
  const path: unknown = given[0];
  const fallback: unknown = given[1] ?? null;
  // Escapes, climbing out of iterations and the whole context are the engine's.
  if (typeof path !== "string" || path === "" || /[\\/]|^\.|\.$|\.\./.test(path)) leaveToEngine();
  if (path.split(".").some((name) => name in Object.prototype)) leaveToEngine();
  const { flagKey, nowSeconds } = scope;
  if (path === "$flagd.timestamp") return nowSeconds;
  if (path === "$flagd.flagKey") return () => flagKey;
  const [first = "", ...rest] = path.split(".");
  if (first === "$flagd") leaveToEngine();
  const direct = fallback === null ? directReads[path] : undefined;
  if (direct !== undefined) return direct;
  if (rest.length === 0) {
    return (context) => {
      const value = context[first] ?? fallback;
      return typeof value === "function" ? null : value;
    };
  }
  return (context) => {
    let value: unknown = context[first];
    for (let i = 0; i < rest.length; i++) {
      value = (value as Record<string, unknown> | null | undefined)?.[rest[i] as string];
    }
    value ??= fallback;
    return typeof value === "function" ? null : value;
  };
}

// From here on a look-up in a set is quicker than reading the list.
const longList = 6;

function compileIn(args: unknown[], scope: Scope): Read {
  if (args.length !== 2) leaveToEngine();
  const item = compile(args[0], scope);
  const list: unknown = args[1];
  if (Array.isArray(list)) {
    if (!list.every(isPrimitive)) leaveToEngine();
    if (list.length === 1) {
      const [only] = list;
      return typeof only === "string" ? (context) => item(context) === only : leaveToEngine();
    }
    const values: unknown[] = [...list];
    if (values.length < longList) return (context) => values.includes(item(context));
    const set = new Set(values);
    return (context) => set.has(item(context));
  }
  if (!isPrimitive(list) && !isVar(list)) leaveToEngine();
  const read = compile(list, scope);
  const constant: unknown = args[0];
  if (isPrimitive(constant)) return (context) => ((read(context) || []) as unknown[]).includes(constant);
  return (context) => ((read(context) || []) as unknown[]).includes(item(context));
}

/** Built, the engine adds up texts as JavaScript does: what is missing reads "null". */
function compileCat(args: unknown[], scope: Scope): Read {
  const parts = args.map((arg) => compile(arg, scope));
  return (context) => {
    let text = "";
    for (let i = 0; i < parts.length; i++) text += String((parts[i] as Read)(context));
    return text;
  };
}

function compileEnd(args: unknown[], scope: Scope, matches: (text: string, part: string) => boolean): Read {
  if (args.length !== 2) leaveToEngine();
  const text = compile(args[0], scope);
  const part = compile(args[1], scope);
  return (context) => {
    const a = text(context);
    const b = part(context);
    return typeof a === "string" && typeof b === "string" ? matches(a, b) : null;
  };
}

function compileSemVer(args: unknown[], scope: Scope): Read {
  const [left, operator, right] = args;
  if (args.length !== 3 || typeof operator !== "string" || typeof right !== "string") leaveToEngine();
  const read = compile(left, scope);
  const wanted = readVersion(right);
  if (wanted === null) return () => null;
  return (context) => {
    const given = readVersion(read(context));
    return given === null ? null : answer(given, operator, wanted);
  };
}

function compileStrict(args: unknown[], scope: Scope, equal: boolean): Read {
  if (args.length !== 2) leaveToEngine();
  const left = compile(args[0], scope);
  const right = compile(args[1], scope);
  return (context) => (left(context) === right(context)) === equal;
}

/**
 * The engine checks the right side against whatever it read last: the left side when the right is a constant, the
 * right side itself when that is a variable.
 */
function compileComparison(
  args: unknown[],
  scope: Scope,
  compare: (a: unknown, b: unknown) => boolean,
): Read {
  if (args.length !== 2) leaveToEngine();
  const left = compile(args[0], scope);
  const constant: unknown = args[1];
  if (isPrimitive(constant))
    return (context) => {
      const a = left(context);
      return compare(
        a,
        typeof a === "string" && typeof constant === "string" ? constant : check(constant, a),
      );
    };
  if (!isVar(constant) || isDeepVar(constant)) leaveToEngine();
  const right = compile(constant, scope);
  return (context) => {
    const a = left(context);
    const b = right(context);
    return compare(a, check(b, b));
  };
}

function check(item: unknown, previous: unknown): unknown {
  if ((typeof item === "string" || item === null) && (typeof previous === "string" || previous === null)) {
    return item;
  }
  if (Number.isNaN(+(requireNumber(item) as number)) && previous !== null) throw Number.NaN;
  if (Number.isNaN(+(requireNumber(previous) as number))) throw Number.NaN;
  if (previous === null && !item) return null;
  if (item === null && !previous) return 0;
  return item;
}

function requireNumber(item: unknown): unknown {
  if (Number.isNaN(item) || (typeof item === "object" && item !== null)) throw Number.NaN;
  return item;
}

function compileFractional(args: unknown, scope: Scope): Read {
  if (!Array.isArray(args) || args.length === 0) leaveToEngine();
  const [first, ...rest] = args as unknown[];
  const named = !Array.isArray(first);
  const entries = named ? rest : args;
  if (!entries.every((entry) => Array.isArray(entry) && entry.every(isPrimitive))) leaveToEngine();
  const buckets = layOutBuckets(entries);
  const { flagKey } = scope;
  if (!named) {
    if (buckets === null) return () => null;
    const prefix = readChars(emptyHash, flagKey);
    return ({ targetingKey }) =>
      targetingKey ? pickBucket(buckets, finishHash(prefix, `${targetingKey}`)) : null;
  }
  const seed = seedOf(first);
  if (seed !== null && buckets !== null) {
    const prefix = readChars(emptyHash, seed);
    const { nowSeconds } = scope;
    let rare: Read | undefined;
    return (context) => {
      const { targetingKey } = context;
      if (typeof targetingKey === "string") return pickBucket(buckets, finishHash(prefix, targetingKey));
      rare ??= buildLogic({ fractional: args }, flagKey, nowSeconds);
      return rare(context);
    };
  }
  const read = compile(first, scope);
  return (context) => {
    const bucketBy = read(context);
    if (typeof bucketBy !== "string")
      return fractional([bucketBy, ...entries], flagKey, context.targetingKey);
    return buckets === null ? null : pickBucket(buckets, finishHash(emptyHash, bucketBy));
  };
}

/** The text before the user's key, when that is all a share goes by, as where one flag requires another. */
function seedOf(bucketBy: unknown): string | null {
  if (typeof bucketBy !== "object" || bucketBy === null || Object.keys(bucketBy).join() !== "cat")
    return null;
  const { cat } = bucketBy as { cat: unknown };
  if (!Array.isArray(cat) || cat.length !== 2 || typeof cat[0] !== "string") return null;
  return isVar(cat[1]) && cat[1].var === "targetingKey" ? cat[0] : null;
}

/** Empty arrays and objects are false; everything else as in JavaScript. */
function truthy(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return Boolean(value);
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

function isPrimitive(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}

function isVar(value: unknown): value is { var: unknown } {
  return typeof value === "object" && value !== null && Object.keys(value).join() === "var";
}

/** Below the first level a name may be a method of what it is looked up in. */
function isDeepVar(value: { var: unknown }): boolean {
  return String(value.var).includes(".");
}

function dependsOnContext(logic: unknown): boolean {
  if (typeof logic !== "object" || logic === null) return false;
  if (Array.isArray(logic)) return logic.some(dependsOnContext);
  return Object.entries(logic).some(
    ([operator, args]) =>
      operator === "var" || operator === "fractional" || operator.includes("_") || dependsOnContext(args),
  );
}
