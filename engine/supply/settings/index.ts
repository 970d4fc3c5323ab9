export {
  type CarriedSettings,
  createModuleSettings,
  type ModuleSettings,
  noSettings,
} from "./create-settings.ts";
export { evaluateBeside } from "./evaluate-beside.ts";
export { keepMasked } from "./keep-masked.ts";
export { runMigration } from "./run-migration.ts";
export {
  dropMarks,
  isMark,
  markSealed,
  maskSealed,
  refuseForged,
  sealedLike,
  sealedPatterns,
  unmark,
} from "./sealed.ts";
export { processConfig, shownConfig } from "./shown-config.ts";
export type { StoredSettings } from "./types.ts";
