/** Experiments as the pages show them. */
export type {
  ExperimentGoal,
  ExperimentInput,
  ExperimentResults,
  ExperimentView,
  GoalResult,
  GoalSource,
} from "../engine/engagement/experiments/index.ts";
