import { type Outcome, readOutcome, readRules, type Weights, writeOutcome, writeRules } from "./rules.ts";

type Logic = Parameters<typeof readRules>[0];
type Targeting = NonNullable<ReturnType<typeof writeRules>>;
type Steps = Extract<Outcome, { kind: "rollout" }>["steps"];

/**
 * A roll-out on hold keeps its coming steps as dates from the year 10000 on: so much later as they had yet to wait. No
 * clock reaches them, so every flagd that has the definition stands still with it, and nothing else has to be stored.
 */
export const heldFrom = 253_402_300_800;

export const rolloutActions = ["hold", "continue", "advance"] as const;
export type RolloutAction = (typeof rolloutActions)[number];

export interface Rollout {
  held: boolean;
  /** Null: before the first step. */
  now: Weights | null;
  /** Coming steps; `in`: how many seconds from now, or from when it continues. */
  coming: { at: number; in: number; weights: Weights }[];
}

/** Every roll-out in targeting that has steps to come. */
export function readRollouts(targeting: Logic, nowSeconds: number): Rollout[] {
  const found: Rollout[] = [];
  mapSteps(targeting, (steps) => {
    const coming = steps.filter(({ at }) => at > nowSeconds);
    if (coming.length > 0) {
      const held = coming.every(({ at }) => at >= heldFrom);
      found.push({
        held,
        now: steps.filter(({ at }) => at <= nowSeconds).at(-1)?.weights ?? null,
        coming: coming.map((step) => ({ ...step, in: step.at - (held ? heldFrom : nowSeconds) })),
      });
    }
    return steps;
  });
  return found;
}

/** The targeting with its roll-outs held, continued, or at their next step; null: there is nothing to do. */
export function changeRollouts(
  targeting: Logic,
  action: RolloutAction,
  nowSeconds: number,
): Targeting | null {
  let changed = false;
  const after = mapSteps(targeting, (steps) => {
    const next = steps.find(({ at }) => at > nowSeconds);
    if (next === undefined) return steps;
    const held = next.at >= heldFrom;
    if (action === (held ? "hold" : "continue")) return steps;
    changed = true;
    // To wait on, in seconds, counted from the hold or from now.
    const base = held ? heldFrom : nowSeconds;
    const skipped = action === "advance" ? next.at - base : 0;
    const staysHeld = action === "hold" || (action === "advance" && held);
    const to = staysHeld ? heldFrom : nowSeconds;
    return steps.map((step) => {
      if (step.at <= nowSeconds) return step;
      if (action === "advance" && step === next) return { ...step, at: nowSeconds };
      return { ...step, at: to + step.at - base - skipped };
    });
  });
  return changed ? (after as Targeting) : null;
}

/** Rules come first, as they do for whoever reads them; elsewhere a roll-out is known by its form. */
function mapSteps(logic: Logic, change: (steps: Steps) => Steps): Logic {
  const own = readOutcome(logic);
  if (own?.kind === "rollout") return writeOutcome({ kind: "rollout", steps: change(own.steps) });
  const rules = readRules(logic);
  if (rules === null) return mapParts(logic, (part) => mapSteps(part, change));
  return writeRules(
    rules.map((rule) =>
      rule.outcome.kind === "rollout"
        ? { ...rule, outcome: { kind: "rollout", steps: change(rule.outcome.steps) } }
        : rule,
    ),
  );
}

function mapParts(logic: Logic, change: (part: Logic) => Logic): Logic {
  if (Array.isArray(logic)) return logic.map(change);
  if (typeof logic !== "object" || logic === null) return logic;
  return Object.fromEntries(Object.entries(logic).map(([name, part]) => [name, change(part)]));
}
