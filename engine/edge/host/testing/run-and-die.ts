import { spawn } from "node:child_process";
import { join } from "node:path";
import type { PlanChange } from "../../../change/plan/index.ts";
import { childEnv } from "../../../core/testing/child-env.ts";
import { testSecret } from "./start-test-host.ts";

/** A host in a process of its own that applies these changes and is killed at the fault point; null: it was not reached. */
export function runAndDie(run: {
  changes: PlanChange[];
  fault: string;
  catalogDir: string;
  dataDir: string;
  databaseUrl: string;
}): Promise<NodeJS.Signals | null> {
  const env = {
    DATABASE_URL: run.databaseUrl,
    GRAFT_DATA_DIR: run.dataDir,
    GRAFT_CATALOGS: `dir:${run.catalogDir}`,
    GRAFT_SECRET: testSecret,
    GRAFT_LOG_LEVEL: "silent",
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, "run-host.ts")], {
    env: childEnv(env),
    stdio: ["pipe", "ignore", "ignore"],
  });
  // It may be gone before it has read everything.
  child.stdin.on("error", () => {});
  const commands = [{ do: "start" }, { do: "apply", changes: run.changes, fault: run.fault }];
  child.stdin.end(commands.map((command) => `${JSON.stringify(command)}\n`).join(""));
  return new Promise((resolve) => child.once("close", (_code, signal) => resolve(signal)));
}
