import type { ExperimentInput, ExperimentView, GoalSource } from "@/contract/experiments";
import { texts } from "./texts.ts";

export interface FlagChoice {
  key: string;
  description: string;
  variants: string[];
  control: string | null;
}

export interface SplitRow {
  variant: string;
  weight: number;
  included: boolean;
}

/** What the form holds. */
export interface Draft {
  title: string;
  hypothesis: string;
  flagKey: string;
  rows: SplitRow[];
  share: string;
  groups: string[];
  /** Conditions that the form has no fields for; they stay as they are. */
  kept: ExperimentView["audience"];
  goal: string;
  direction: "up" | "down";
  further: string[];
}

export const idOf = ({ module, goal }: { module: string; goal: string }) => `${module}.${goal}`;

export function startRows(flag: FlagChoice | undefined): SplitRow[] {
  if (flag === undefined) return [];
  const control = flag.control ?? flag.variants[0];
  const names = flag.variants.toSorted((a, b) => Number(b === control) - Number(a === control));
  return names.map((variant) => ({ variant, weight: 1, included: true }));
}

export function emptyDraft(flags: readonly FlagChoice[], goals: readonly GoalSource[]): Draft {
  return {
    ...{ title: "", hypothesis: "", share: "100", groups: [], kept: [], further: [], direction: "up" },
    flagKey: flags[0]?.key ?? "",
    rows: startRows(flags[0]),
    goal: goals[0] ? idOf(goals[0]) : "",
  };
}

/** An experiment as the form holds it, and what of it no longer exists. */
export function draftOf(
  experiment: ExperimentView,
  flags: readonly FlagChoice[],
  goals: readonly GoalSource[],
): { draft: Draft; lost: string[] } {
  const empty = emptyDraft(flags, goals);
  const flag = flags.find(({ key }) => key === experiment.flagKey);
  const lost = flag === undefined ? [texts.lostFlag(experiment.flagKey)] : [];
  const kept = experiment.variants.filter(({ variant }) => flag?.variants.includes(variant));
  for (const { variant } of experiment.variants)
    if (flag !== undefined && !flag.variants.includes(variant)) lost.push(texts.lostVariant(variant));
  const others = flag?.variants.filter((name) => !kept.some(({ variant }) => variant === name)) ?? [];
  const known = experiment.goals.filter((one) => goals.some((source) => idOf(source) === idOf(one)));
  for (const one of experiment.goals) if (!known.includes(one)) lost.push(texts.lostGoal(one.title));
  const [deciding] = known;
  const draft: Draft = {
    title: experiment.title,
    hypothesis: experiment.hypothesis,
    flagKey: flag?.key ?? empty.flagKey,
    rows:
      flag === undefined
        ? empty.rows
        : [
            ...kept.map((row) => ({ ...row, included: true })),
            ...others.map((variant) => ({ variant, weight: 1, included: false })),
          ],
    share: String(experiment.share),
    ...splitAudience(experiment.audience),
    goal: deciding === undefined ? empty.goal : idOf(deciding),
    direction: deciding?.direction ?? "up",
    further: known.slice(1).map(idOf),
  };
  return { draft, lost };
}

/** The groups that the form lets choose, and the other conditions. */
export function splitAudience(audience: ExperimentView["audience"]): Pick<Draft, "groups" | "kept"> {
  const plain = audience.find((condition) => condition.kind === "groups" && !condition.not);
  return {
    groups: plain?.kind === "groups" ? plain.groups : [],
    kept: audience.filter((condition) => condition !== plain),
  };
}

/** `before`: what the form has no fields for is taken from there. */
export function inputOf(
  draft: Draft,
  goals: readonly GoalSource[],
  before: ExperimentView | null,
): ExperimentInput {
  const { title, hypothesis, flagKey, share, groups } = draft;
  const chosen = [draft.goal, ...draft.further.filter((id) => id !== draft.goal)];
  const directionOf = (id: string) => before?.goals.find((one) => idOf(one) === id)?.direction ?? "up";
  return {
    ...{ title, hypothesis, flagKey },
    variants: draft.rows
      .filter(({ included }) => included)
      .map(({ variant, weight }) => ({ variant, weight })),
    share: Number(share),
    audience: [...(groups.length === 0 ? [] : [{ kind: "groups" as const, groups }]), ...draft.kept],
    goals: goals
      .filter((source) => chosen.includes(idOf(source)))
      .toSorted((a, b) => chosen.indexOf(idOf(a)) - chosen.indexOf(idOf(b)))
      .map(({ module, goal }, i) => ({
        ...{ module, goal },
        direction: i === 0 ? draft.direction : directionOf(idOf({ module, goal })),
      })),
    ...(before === null ? {} : { alpha: before.alpha }),
  };
}
