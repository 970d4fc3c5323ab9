/** Flags as the pages show them. */
export type {
  ArchiveProposal,
  FlagChange,
  FlagDefinition,
  FlagExplanation,
  FlagPreview,
  FlagType,
  FlagView,
  ImportPlan,
} from "../engine/decisions/index.ts";
