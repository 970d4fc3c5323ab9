import type {
  ExperimentGoal,
  ExperimentResults,
  GoalResult,
  VariantResult,
  Verdict,
} from "../../../contract/experiments.ts";
import { compareMeans, type Moments, meanOf, tuneMixture } from "./confidence-sequence.ts";
import { ratioAlpha, ratioPValue } from "./sample-ratio.ts";
import { accumulate, type Gain, looksBetween, type Snapshot } from "./snapshots.ts";

/**
 * Users in each variant before anything is called decided: the intervals are those of large samples, and simulations
 * keep their promise from here on (judge.test.ts).
 */
export const usersNeeded = 20;

const looksCount = 48;

export interface Design {
  variants: readonly { variant: string; weight: number }[];
  goals: readonly ExperimentGoal[];
  alpha: number;
  tunedFor: number;
  startedAt: number;
  /** Now, or when it ended. */
  until: number;
}

export interface Data {
  /** Users of one variant alone. */
  exposures: readonly Gain[];
  crossed: number;
  /** For each goal. */
  goals: readonly (readonly Gain[])[];
}

/** The instants that the course of an experiment is drawn and judged at. */
export const looksOf = ({ startedAt, until }: Pick<Design, "startedAt" | "until">) =>
  looksBetween(startedAt, until, looksCount);

/** Everything the page shows, from what was gained between the looks. Pure. */
export function judge(design: Design, data: Data): ExperimentResults {
  const names = design.variants.map(({ variant }) => variant);
  const weights = design.variants.map(({ weight }) => weight);
  // Bonferroni: with several variants each is compared with the control at its part of α.
  const alphaEach = design.alpha / Math.max(1, names.length - 1);
  const looks = looksOf(design);
  const compare = (snapshots: Snapshot[], goal: ExperimentGoal) =>
    compareAll(snapshots, names, {
      goal,
      alpha: alphaEach,
      mixture: tuneMixture(design.tunedFor, alphaEach),
    });

  const courses = design.goals.map((goal, i) => {
    const snapshots = accumulate(names, [...data.exposures, ...(data.goals[i] ?? [])], looks);
    return { goal, snapshots, points: compare(snapshots, goal) };
  });
  const goals: GoalResult[] = courses.map(({ goal, points }) => ({ ...goal, variants: points.at(-1) ?? [] }));
  const [deciding] = courses;
  const counts = (snapshot: Snapshot) => snapshot.moments.map(({ users }) => users);
  const pValue = Math.min(1, ...(deciding?.snapshots ?? []).map((one) => ratioPValue(counts(one), weights)));
  const users = deciding?.snapshots.at(-1)
    ? counts(deciding.snapshots.at(-1) as Snapshot)
    : names.map(() => 0);
  const total = users.reduce((sum, count) => sum + count, 0);
  const weight = weights.reduce((sum, one) => sum + one, 0);
  return {
    at: new Date(design.until).toISOString(),
    users: total,
    crossed: data.crossed,
    verdict: decide(goals[0]),
    ratio: {
      pValue,
      alarm: pValue < ratioAlpha,
      expected: weights.map((one) => (one / weight) * total),
      users,
    },
    goals,
    timeline: (deciding?.points ?? []).map((variants, i) => ({
      at: new Date(looks[i] as number).toISOString(),
      variants,
    })),
    alphaEach,
    usersNeeded,
  };
}

function compareAll(
  snapshots: Snapshot[],
  names: readonly string[],
  { goal, alpha, mixture }: { goal: ExperimentGoal; alpha: number; mixture: number },
): VariantResult[][] {
  return snapshots.map(({ moments }) =>
    names.map((variant, i) => {
      const own = moments[i] as Moments;
      const control = moments[0] as Moments;
      const mean = meanOf(own);
      const found =
        i === 0 ? null : compareMeans(control, own, { alpha, mixture, binary: goal.kind === "conversion" });
      return {
        variant,
        users: own.users,
        mean,
        difference: found?.difference ?? null,
        low: found?.low ?? null,
        high: found?.high ?? null,
        lift: found === null || meanOf(control) === 0 ? null : found.difference / meanOf(control),
        pValue: found?.pValue ?? null,
      };
    }),
  );
}

/** On the first goal: the best of those that are better than the control for certain, or the control if all are worse. */
function decide(goal: GoalResult | undefined): Verdict {
  if (goal === undefined) return { kind: "waiting", usersNeeded };
  const [control, ...others] = goal.variants;
  if (control === undefined || goal.variants.some(({ users }) => users < usersNeeded))
    return { kind: "waiting", usersNeeded };
  const sign = goal.direction === "up" ? 1 : -1;
  const better = others.filter(({ low, high }) => (sign === 1 ? (low ?? -1) > 0 : (high ?? 1) < 0));
  const [best] = better.toSorted((a, b) => sign * (b.mean - a.mean));
  if (best !== undefined) return { kind: "winner", variant: best.variant };
  const worse = others.every(({ low, high }) => (sign === 1 ? (high ?? 1) < 0 : (low ?? -1) > 0));
  return worse && others.length > 0 ? { kind: "control", variant: control.variant } : { kind: "undecided" };
}
