export { createHost, type Host } from "./create-host.ts";
export { restoreHost } from "./restore-host.ts";
export type { Engine } from "./types.ts";
export { verifyBackup } from "./verify-backup.ts";
