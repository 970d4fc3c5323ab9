export type { ErrorCode } from "../../contract/error-codes.ts";
export type { Problem } from "../../contract/problem.ts";
export type { BackupSettings } from "./backup-settings.ts";
export { isDatabaseGone } from "./database-gone.ts";
export { createHostDb, type HostClient, type HostDb, type HostTx, type Prisma } from "./db.ts";
export { diskFull, GraftError, isGraftError, toProblem } from "./errors.ts";
export { faultPoint } from "./fault.ts";
export { isUuid } from "./is-uuid.ts";
export { fromJson, toJson } from "./json.ts";
export { createListener, type Listener } from "./listen.ts";
export { createLog, type Log, silentLog } from "./log.ts";
export { parseInput } from "./parse-input.ts";
export { type EmbeddedPostgres, isAlive, keepEmbeddedPostgres } from "./postgres/index.ts";
export { createRateLimit } from "./rate-limit.ts";
export { createReloadQueue } from "./reload-queue.ts";
export { createSecretBox, type SecretBox } from "./secret-box.ts";
export { loadSettings, type Settings } from "./settings.ts";
export {
  type Actor,
  type Close,
  type Digest,
  type Json,
  type Page,
  type Role,
  systemActor,
} from "./types.ts";
