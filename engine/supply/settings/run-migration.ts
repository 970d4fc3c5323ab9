import { Worker } from "node:worker_threads";
import { transform } from "esbuild";
import { GraftError } from "../../core/index.ts";
import { isObject } from "../manifest/index.ts";
import type { Migration, RunMigration } from "./migrate-values.ts";
import type { Values } from "./types.ts";

const [startMs, limitMs] = [20_000, 2000];
const bytesMax = 256 * 1024;

/**
 * Runs a module's `settings/migrate.ts` when a plan is made, before anybody agreed to anything: as a pure function from
 * JSON to JSON. It gets a realm of its own with nothing of Node or the host in it, in a thread that is stopped when it
 * takes too long or too much memory.
 */
export const runMigration: RunMigration = async (migration, values) => {
  if (migration.source.length > bytesMax) throw failed(migration, "it is larger than 256 KiB");
  const code = await compile(migration);
  const answer = await runInThread(code, migration, values).catch((error: Error & { code?: string }) => {
    throw failed(
      migration,
      error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "it takes too much memory" : error.message,
    );
  });
  if ("error" in answer) throw failed(migration, answer.error);
  const migrated: unknown = JSON.parse(answer.values);
  if (!isObject(migrated)) throw failed(migration, "it must return an object");
  return migrated;
};

/** A script that leaves its exports in `migration`. `import()` is the one way out of a realm, so it is compiled away. */
async function compile(migration: Migration): Promise<string> {
  try {
    const { code } = await transform(migration.source, {
      ...{ loader: "ts", format: "iife", globalName: "migration", target: "es2022", logLevel: "silent" },
      supported: { "dynamic-import": false },
    });
    return code;
  } catch (error) {
    throw failed(migration, (error as Error).message.split("\n").slice(0, 2).join(" "));
  }
}

type Answer = { values: string } | { error: string };

async function runInThread(code: string, { from, to }: Migration, values: Values): Promise<Answer> {
  const worker = new Worker(new URL("./migration-worker.ts", import.meta.url), {
    ...{ env: {}, execArgv: ["--no-warnings"], stdin: false, stdout: true, stderr: true },
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 },
  });
  try {
    await next(worker, startMs);
    worker.postMessage({ code, values: JSON.stringify(values), versions: JSON.stringify({ from, to }) });
    return await next<Answer>(worker, limitMs);
  } finally {
    await worker.terminate();
  }
}

function next<T>(worker: Worker, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it takes longer than ${ms / 1000} s`)), ms);
    worker
      .once("message", (message: T) => resolve(message))
      .on("error", reject)
      .once("exit", () => reject(new Error("it ended without an answer")))
      .once("message", () => clearTimeout(timer));
  });
}

function failed({ module, to }: Migration, reason: string): GraftError {
  return new GraftError(
    "SETTINGS_MIGRATION_FAILED",
    `settings/migrate.ts of ${module} ${to} did not carry the settings over: ${reason}.`,
    {
      hint: "Only its author can mend it. The installed version goes on as it is.",
      details: { module, version: to },
    },
  );
}
