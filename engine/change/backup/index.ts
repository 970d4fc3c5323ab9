export { readArchive } from "./archive-reader.ts";
export { createBackups } from "./create-backups.ts";
export { encryptFile } from "./encryption/encryption.ts";
export { type BackupManifest, explainDiskFull } from "./format.ts";
export { withPlainBackup } from "./open-backup.ts";
export { notEqual, proveBackup } from "./prove-backup.ts";
export {
  assertDatabaseEmpty,
  assertKnown,
  assertPostgres,
  clearDatabase,
  placeFiles,
  readSecret,
  restoreDatabase,
  stageBackup,
} from "./restore-backup.ts";
export {
  assertRestored,
  contentOf,
  markDatabase,
  markOfDatabase,
  newMarker,
  readMarker,
  removeMarker,
  stagingName,
  unfinished,
  unmarkDatabase,
  writeMarker,
} from "./restore-marker.ts";
export { assertSignedBy } from "./signed.ts";
export { openSigningKey, signingFingerprint } from "./signing-key.ts";
export type * from "./types.ts";
export { writeBackup } from "./write-backup.ts";
