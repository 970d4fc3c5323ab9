import { setTimeout as sleep } from "node:timers/promises";
import type { LogBuffer } from "./log-buffer.ts";
import type { ModuleProcess } from "./spawn-process.ts";

/** SIGTERM, time to answer what it was asked, then SIGKILL; resolves when it is gone. */
export async function drainProcess(old: ModuleProcess, drainMs: number, logs: LogBuffer): Promise<void> {
  old.signal("SIGTERM");
  const timer = new AbortController();
  const late = sleep(drainMs, "late", { signal: timer.signal }).catch(() => "gone");
  if ((await Promise.race([old.exited, late])) === "late") {
    logs.add("host", `did not end within ${drainMs} ms of SIGTERM; killed`);
    old.signal("SIGKILL");
  }
  timer.abort();
  await old.exited;
}
