import { isDeepStrictEqual } from "node:util";
import { maskedSecret } from "../manifest/config-secrets.ts";
import { type ConfigProblem, findConfigProblems } from "../manifest/find-config-problems.ts";
import { type CarriedChange, carryValues } from "./carry-values.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { mergePatch } from "./merge-patch.ts";
import { deleteAt, getAt, isListed, leavesOf, nameOf } from "./paths.ts";
import { secretPaths } from "./secret-paths.ts";
import type { Path, Values } from "./types.ts";

/** What is asked of a schema that a module wrote. All values are in the clear; everything is JSON. */
export type EvaluationJob =
  | {
      kind: "check";
      schema: Values;
      values: Values;
      /** Patterns of what was ever a secret. */
      secrets: readonly string[];
    }
  | {
      kind: "carry";
      /** Null: the version has no settings. */
      schema: Values | null;
      /** Of the version they were set for. */
      before: Values | null;
      values: Values;
      aside: Values;
      /** Given with the change, as a merge patch. */
      given: Values;
      secrets: readonly string[];
    };

export interface Evaluation {
  values: Values;
  aside: Values;
  /** Where secrets stand in `values`. */
  secrets: Path[];
  /** Masks in entries of lists that stand for no stored secret. */
  lost: Path[];
  problems: ConfigProblem[];
  changes: CarriedChange[];
  /** A change from or to something that is a secret, by the new schema or ever. */
  hidden: string[];
}

/** Runs where it may hang: see evaluate-task.ts. */
export function evaluate(job: EvaluationJob): Evaluation {
  return job.kind === "check" ? check(job) : carry(job);
}

function check({
  schema,
  values: sent,
  secrets: known,
}: Extract<EvaluationJob, { kind: "check" }>): Evaluation {
  const { values, lost } = withoutMasks(sent, secretPaths(schema, sent, known));
  return {
    ...{ values, lost, aside: {}, changes: [], hidden: [] },
    secrets: secretPaths(schema, values, known),
    problems: findProblems(schema, values),
  };
}

function carry(job: Extract<EvaluationJob, { kind: "carry" }>): Evaluation {
  const { schema, before, given, secrets: known } = job;
  const carried = carryValues(job);
  const sent = mergePatch(carried.values, given);
  const { values, lost } = withoutMasks(sent, secretPaths(schema, sent, known));
  const changes = [
    ...carried.changes.filter(({ path }) => getAt(given, path) === undefined),
    ...(schema && before ? newDefaults({ schema, before, values, stored: job.values }) : []),
  ];
  const hides = ({ path, from, to }: CarriedChange) =>
    [from, to].some((value) => secretPaths(schema, nest(path, value), known).length > 0);
  return {
    ...{ values, lost, changes, aside: carried.aside },
    hidden: changes.filter(hides).map(({ key }) => key),
    secrets: secretPaths(schema, values, known),
    problems: schema ? findProblems(schema, values) : [],
  };
}

/** Settings that the version before did not have, with what the new one has in their place. */
function newDefaults(of: {
  schema: Values;
  before: Values;
  values: Values;
  stored: Values;
}): CarriedChange[] {
  const { schema, before, values, stored } = of;
  const then = fillDefaults(before, stored);
  return leavesOf(fillDefaults(schema, values), Array.isArray)
    .filter(({ path }) => getAt(values, path) === undefined && getAt(then, path) === undefined)
    .filter(({ path }) => getAt(stored, path) === undefined)
    .map(({ path, value }) => ({
      ...{ path, key: nameOf(path), change: "added" as const, from: null, to: value, reason: null },
    }));
}

/** What the author's own defaults get wrong is not the administrator's to mend. */
function findProblems(schema: Values, values: Values): ConfigProblem[] {
  const filled = fillDefaults(schema, values);
  const found = findConfigProblems(schema, filled);
  if (isDeepStrictEqual(filled, values)) return found;
  return found.filter(
    ({ path, keyword }) =>
      keyword === "required" ||
      path.length === 0 ||
      getAt(values, path) !== undefined ||
      getAt(filled, path) === undefined,
  );
}

/** A mask that stands for no stored secret says that none was given. */
function withoutMasks(values: Values, secrets: readonly Path[]): { values: Values; lost: Path[] } {
  const masks = secrets.filter((path) => getAt(values, path) === maskedSecret);
  return {
    values: masks.filter((path) => !isListed(path)).reduce(deleteAt, values),
    lost: masks.filter(isListed),
  };
}

const nest = (path: Path, value: unknown): Values =>
  path.reduceRight<unknown>(
    (inner, part) => (typeof part === "number" ? [inner] : { [part]: inner }),
    value,
  ) as Values;
