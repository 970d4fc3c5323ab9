export { checkConfig, refusedConfig } from "./check-config.ts";
export { maskedSecret } from "./config-secrets.ts";
export type { ManifestProblem } from "./describe-issue.ts";
export type {
  Config,
  ConfigProblem,
  ConfigSchema,
} from "./find-config-problems.ts";
export { mapJson, positionOf } from "./locate-json.ts";
export { matchEntries } from "./match-entries.ts";
export { migrationNames } from "./migration-names.ts";
export { parseManifest } from "./parse-manifest.ts";
export {
  hasSecrets,
  isObject,
} from "./secret-schema.ts";
export { editDistance, suggest } from "./suggest.ts";
