import { type ConfigProblem, findConfigProblems } from "../manifest/find-config-problems.ts";
import { isObject } from "../manifest/secret-schema.ts";
import { convertValue } from "./convert-value.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { deleteAt, getAt, leavesOf, nameOf, setAt } from "./paths.ts";
import { describes } from "./secret-paths.ts";
import type { Path, SettingChange, Values } from "./types.ts";

interface CarryInput {
  /** Null: the version has no settings. */
  schema: Values | null;
  /** Of the version they were set for; null when nobody knows. */
  before: Values | null;
  values: Values;
  aside: Values;
}

interface Carried {
  values: Values;
  aside: Values;
  changes: CarriedChange[];
}

export type CarriedChange = SettingChange & { path: Path };
type Outcome = Pick<SettingChange, "change" | "reason"> & { path: Path };

// Each takes away at least one value; settings with more that do not fit are refused rather than guessed at.
const roundsMax = 50;

/**
 * Stored values as another version can have them: what it does not take is converted where that loses nothing, else left
 * aside for a version that does. Evaluates the schema; what is required and missing stays so.
 */
export function carryValues({ schema, before, values: stored, aside: left }: CarryInput): Carried {
  if (schema === null) return carryNowhere(stored, left);
  const restored = leavesOf(left, Array.isArray).filter(
    ({ path }) => getAt(stored, path) === undefined && isFree(stored, path) && describes(schema, path),
  );
  const tried = restored.reduce((all, { path, value }) => setAt(all, path, value), stored);
  const { values, outcomes } = fitValues(schema, before, tried);
  const origin = (path: Path) => getAt(tried, path) ?? null;
  const filled = fillDefaults(schema, values);
  const wasTried = (path: Path) => restored.some((one) => isWithin(one.path, path));
  const back = restored.filter(({ path }) => getAt(values, path) !== undefined);
  const lost = outcomes.filter(({ change }) => change !== "converted");
  return {
    values,
    aside: lost.reduce(
      (all, { path }) => setAt(all, path, origin(path)),
      back.reduce((all, { path }) => deleteAt(all, path), left),
    ),
    changes: [
      ...outcomes.filter(({ path }) => !wasTried(path)),
      ...back.map(({ path }) => ({ path, change: "restored" as const, reason: null })),
    ].map(({ path, ...outcome }) => ({
      ...{ key: nameOf(path), path, from: outcome.change === "restored" ? null : origin(path) },
      ...{ to: getAt(filled, path) ?? null, ...outcome },
    })),
  };
}

/** Takes away or converts, value by value, until only what is missing is wrong. */
function fitValues(
  schema: Values,
  before: Values | null,
  tried: Values,
): { values: Values; outcomes: Outcome[] } {
  const outcomes = new Map<string, Outcome>();
  const note = (outcome: Outcome) => outcomes.set(nameOf(outcome.path), outcome);
  let values = tried;
  for (const path of noLongerDescribed({ schema, before }, values)) {
    values = deleteAt(values, path);
    note({ path, change: "removed", reason: null });
  }
  for (let round = 0; round < roundsMax; round++) {
    const wrong = pickWrong(findConfigProblems(schema, fillDefaults(schema, values)), values);
    if (wrong.length === 0) break;
    for (const problem of wrong) {
      const wasConverted = outcomes.has(nameOf(problem.path));
      const converted = wasConverted ? undefined : convertValue(getAt(values, problem.path), problem);
      if (converted !== undefined) {
        values = setAt(values, problem.path, converted);
        note({ path: problem.path, change: "converted", reason: problem.words });
        continue;
      }
      const isTooMuch = tooMuch.includes(problem.keyword);
      const path = isTooMuch ? problem.path : aboveLists(problem.path);
      values = deleteAt(values, path);
      note({
        path,
        ...(isTooMuch ? { change: "removed", reason: null } : { change: "reset", reason: problem.words }),
      });
    }
  }
  return { values, outcomes: [...outcomes.values()] };
}

function carryNowhere(stored: Values, left: Values): Carried {
  const changes = Object.entries(stored).map(([key, from]) => ({
    ...{ key, path: [key], change: "removed" as const, from, to: null, reason: null },
  }));
  return { values: {}, aside: { ...left, ...stored }, changes };
}

/** Nothing else stands where its objects would. */
function isFree(values: Values, path: Path): boolean {
  return path.slice(0, -1).every((_, i) => {
    const holder = getAt(values, path.slice(0, i + 1));
    return holder === undefined || isObject(holder);
  });
}

/** What the version before named and this one does not, also where it lets anything pass. */
function noLongerDescribed(
  versions: { schema: Values; before: Values | null },
  values: Values,
  path: Path = [],
): Path[] {
  const { schema, before } = versions;
  const holder = path.length === 0 ? values : getAt(values, path);
  if (before === null || !isObject(holder)) return [];
  return Object.keys(holder).flatMap((key) => {
    const at = [...path, key];
    if (describes(schema, at)) return noLongerDescribed(versions, values, at);
    return describes(before, at) ? [at] : [];
  });
}

const tooMuch = ["additionalProperties", "unevaluatedProperties", "propertyNames", "false schema"];
const joined = ["anyOf", "oneOf", "not", "if"];

/** Those that a value which was set can be blamed for, each at a place of its own. */
function pickWrong(problems: readonly ConfigProblem[], values: Values): ConfigProblem[] {
  const blamed: ConfigProblem[] = [];
  const isJoined = ({ keyword }: ConfigProblem) => Number(joined.includes(keyword));
  const blameable = problems
    .filter(({ keyword }) => keyword !== "required" && keyword !== "dependentRequired")
    .filter(({ path }) => path.length > 0 && getAt(values, path) !== undefined)
    // What holds a choice before what the choices say of its parts.
    .sort((a, b) => isJoined(b) - isJoined(a));
  for (const problem of blameable)
    if (!blamed.some(({ path }) => isWithin(problem.path, path) || isWithin(path, problem.path)))
      blamed.push(problem);
  return blamed;
}

const isWithin = (path: Path, holder: Path) => holder.every((part, i) => path[i] === part);

/** A list is one value. */
function aboveLists(path: Path): Path {
  const index = path.findIndex((part) => typeof part === "number");
  return index < 0 ? path : path.slice(0, index);
}
