import type {
  ExperimentInput,
  ExperimentResults,
  ExperimentView,
  GoalSource,
} from "../../../contract/experiments.ts";
import type { FlagPreview } from "../../../contract/flags.ts";
import type { Actor, Close, Json } from "../../core/index.ts";
import type { FlagContext } from "../../decisions/index.ts";
import type { Identity } from "../../people/index.ts";

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
