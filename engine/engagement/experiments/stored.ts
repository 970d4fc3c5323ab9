import type { ExperimentView } from "../../../contract/experiments.ts";
import type { FlagDefinition } from "../../../contract/flags.ts";
import { fromJson, type HostTx, toJson } from "../../core/index.ts";
import type { CheckedInput } from "./input.ts";

/** The flag as it stood before the experiment touched it. */
export interface Before {
  definition: FlagDefinition;
  description: string;
  /** False: as its module declares it, with no row of its own. */
  own: boolean;
}

type Row = NonNullable<Awaited<ReturnType<HostTx["experiment"]["findUnique"]>>>;

export interface StoredExperiment extends ExperimentView {
  before: Before | null;
  wonDefinition: FlagDefinition | null;
}

export function fromRow(row: Row): StoredExperiment {
  const time = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: row.id,
    title: row.title,
    hypothesis: row.hypothesis,
    flagKey: row.flagKey,
    status: row.status as ExperimentView["status"],
    variants: fromJson<ExperimentView["variants"]>(row.variants),
    audience: fromJson<ExperimentView["audience"]>(row.audience),
    share: row.share,
    goals: fromJson<ExperimentView["goals"]>(row.goals),
    alpha: row.alpha,
    tunedFor: row.tunedFor,
    winner: row.winner,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    startedAt: time(row.startedAt),
    stoppedAt: time(row.stoppedAt),
    concludedAt: time(row.concludedAt),
    before: fromJson<Before | null>(row.beforeInput),
    wonDefinition: fromJson<FlagDefinition | null>(row.wonDefinition),
  };
}

/** What may be shown: without what is only kept for undoing. */
export function toView({ before: _, wonDefinition: __, ...view }: StoredExperiment): ExperimentView {
  return view;
}

export function toColumns(input: CheckedInput) {
  return {
    ...input,
    variants: toJson(input.variants),
    audience: toJson(input.audience),
    goals: toJson(input.goals),
  };
}

/** As a JSON column gives a value back, without the members that are undefined: for comparing with what was stored. */
export function asStored(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
