export { createHost } from "./create-host.ts";
export { restoreHost } from "./restore-host.ts";
export type { Engine, Host } from "./types.ts";
export { verifyBackup } from "./verify-backup.ts";
