import { join } from "node:path";
import { withLock } from "../with-lock.ts";

// Holds the lock of the store at argument 2 and dies as by a power cut.
await withLock(join(process.argv[2] ?? "", ".lock"), async () => process.kill(process.pid, "SIGKILL"));
