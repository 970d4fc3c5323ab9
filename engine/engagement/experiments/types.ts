import type { Condition } from "../../../sdk/flags/index.ts";
import type { Actor, Close, Json } from "../../core/index.ts";
import type { FlagContext, FlagPreview } from "../../decisions/index.ts";
import type { Identity } from "../../people/index.ts";

/** `conversion`: reached or not; `count`: how often; `value`: the sum of what was reported. Each per user. */
export type GoalKind = "conversion" | "count" | "value";

/** A goal that an installed module declares. */
export interface GoalSource {
  module: string;
  moduleTitle: string;
  goal: string;
  title: string;
  description: string;
  kind: GoalKind;
}

export interface ExperimentGoal {
  module: string;
  goal: string;
  title: string;
  kind: GoalKind;
  /** Which way is better. */
  direction: "up" | "down";
}

export type ExperimentStatus = "draft" | "running" | "stopped" | "concluded";

export interface ExperimentVariant {
  variant: string;
  weight: number;
}

export interface ExperimentInput {
  title: string;
  hypothesis?: string;
  flagKey: string;
  /** The first is the control, which the others are compared with. */
  variants: ExperimentVariant[];
  /** As in a flag's rules; all must be met. None: everyone. */
  audience?: Condition[];
  /** Percent of the audience that takes part, 1 to 100. */
  share?: number;
  /** The first decides. */
  goals: { module: string; goal: string; direction?: "up" | "down" }[];
  /** How often an experiment without a difference may be called decided; 0.05 unless given. */
  alpha?: number;
}

export interface ExperimentView {
  id: string;
  title: string;
  hypothesis: string;
  flagKey: string;
  status: ExperimentStatus;
  variants: ExperimentVariant[];
  audience: Condition[];
  share: number;
  goals: ExperimentGoal[];
  alpha: number;
  /** Users at which the intervals are narrowest; null until it starts. */
  tunedFor: number | null;
  winner: string | null;
  createdBy: string;
  createdAt: string;
  startedAt: string | null;
  stoppedAt: string | null;
  concludedAt: string | null;
}

export interface VariantResult {
  variant: string;
  users: number;
  /** The share of users who reached the goal, or the mean per user. */
  mean: number;
  /** Against the control, at the same instant; null for the control, and while there is too little. */
  difference: number | null;
  low: number | null;
  high: number | null;
  /** The difference as a part of the control's mean; null where that is 0. */
  lift: number | null;
  /** At this look; below α exactly when the interval leaves 0 out. */
  pValue: number | null;
}

export interface GoalResult extends ExperimentGoal {
  variants: VariantResult[];
}

/** Of the deciding goal. */
export interface TimelinePoint {
  at: string;
  variants: VariantResult[];
}

export type Verdict =
  | { kind: "waiting"; usersNeeded: number }
  | { kind: "undecided" }
  | { kind: "winner"; variant: string }
  /** Every other variant is worse. */
  | { kind: "control"; variant: string };

export interface ExperimentResults {
  at: string;
  users: number;
  /** Users who used more than one variant; they count for none. */
  crossed: number;
  verdict: Verdict;
  ratio: { pValue: number; alarm: boolean; expected: number[]; users: number[] };
  goals: GoalResult[];
  timeline: TimelinePoint[];
  /** α for each comparison with the control. */
  alphaEach: number;
  usersNeeded: number;
}

export interface Experiments {
  /** What modules can report, by module. */
  goals(): GoalSource[];
  /** Newest first. */
  list(): Promise<ExperimentView[]>;
  /** @throws NOT_FOUND */
  get(id: string): Promise<ExperimentView>;
  /** What everyone has done so far, this host's news included. @throws NOT_FOUND */
  results(id: string): Promise<ExperimentResults>;
  /** @throws INVALID_INPUT with `details.fieldErrors` */
  create(actor: Actor, input: ExperimentInput): Promise<ExperimentView>;
  /** Only a draft. @throws CONFLICT */
  update(actor: Actor, id: string, input: ExperimentInput): Promise<ExperimentView>;
  /** Who would get something else with the start. */
  previewStart(id: string): Promise<FlagPreview>;
  /** Puts the split before the flag's rules. @throws CONFLICT when another one runs on the flag */
  start(actor: Actor, id: string): Promise<ExperimentView>;
  /** The flag is again what it was. @throws CONFLICT when it does not run */
  stop(actor: Actor, id: string): Promise<ExperimentView>;
  previewRollOut(id: string, variant: string): Promise<FlagPreview>;
  /** Everyone in the audience gets the variant; ends the experiment. @throws CONFLICT */
  rollOut(actor: Actor, id: string, variant: string): Promise<ExperimentView>;
  /** The flag is again as before the experiment. @throws CONFLICT when it was changed since */
  undoRollOut(actor: Actor, id: string): Promise<ExperimentView>;
  /** With all its figures. @throws CONFLICT while it runs */
  remove(actor: Actor, id: string): Promise<void>;
  /**
   * Code used the flag's value for this user. Synchronous and in memory; written in batches. `seen`, when given, must be
   * the value that the experiment gives them: what was delivered before it began does not count.
   */
  expose(flagKey: string, context: FlagContext, seen?: Json): void;
  /**
   * What a frame used or reached. @throws FORBIDDEN when the user was not given the module, INVALID_INPUT for a goal or
   * flag that it does not declare, RATE_LIMITED
   */
  reportUse(identity: Identity, module: string, input: unknown): void;
  reportGoal(identity: Identity, module: string, input: unknown): { counted: boolean };
  /** Resolves once what was reported on this host is written. */
  flush(): Promise<void>;
  close: Close;
}
