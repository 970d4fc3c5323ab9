export { type Config, type ConfigSchema, checkConfig } from "./check-config.ts";
export { dropSecrets, keepSecrets, markSecrets, maskedSecret, maskSecrets } from "./config-secrets.ts";
export type { ManifestProblem } from "./describe-issue.ts";
export { mapJson, positionOf } from "./locate-json.ts";
export { migrationNames } from "./migration-names.ts";
export { parseManifest } from "./parse-manifest.ts";
export { hasSecrets, maskingRules } from "./secret-schema.ts";
export { editDistance, suggest } from "./suggest.ts";
