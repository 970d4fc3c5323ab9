import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface BuildOptions {
  rootDir: string;
  /** Next compiles on demand: only what modules and the engine need is built. */
  dev: boolean;
  print(line: string): void;
}

import { compressStatic } from "./compress-static.ts";

/** What Next's build reads; nothing else makes it build again. */
const pageInputs = [
  "app",
  "components",
  "contract",
  "lib",
  "sdk",
  "public",
  "next.config.ts",
  "postcss.config.mjs",
  "package-lock.json",
  "tsconfig.json",
];

/** Builds what is missing or older than its sources: the Prisma client, the SDK and modules, the pages. */
export async function build({ rootDir, dev, print }: BuildOptions): Promise<void> {
  if (!existsSync(join(rootDir, "prisma/generated/client.ts"))) {
    const { generateClient } = await import("./generate-client.ts");
    await timed(print, "Generating the database client", () => generateClient(rootDir));
  }
  const { buildAllModules, buildSdk } = await import("../sdk/build/index.ts");
  await buildSdk();
  await buildAllModules(join(rootDir, "modules"), join(rootDir, "modules/.built"));
  if (dev) return;
  const stampFile = join(rootDir, ".next/graft-build");
  const stamp = hashInputs(rootDir);
  if (existsSync(join(rootDir, ".next/BUILD_ID")) && readStamp(stampFile) === stamp) return;
  await timed(print, "Building the pages, once", async () => {
    await run(rootDir, "next", ["build"]);
    await compressStatic(rootDir);
  });
  writeFileSync(stampFile, stamp);
}

const readStamp = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : null);

function hashInputs(rootDir: string): string {
  const hash = createHash("sha256");
  const add = (path: string): void => {
    const full = join(rootDir, path);
    if (!existsSync(full)) return;
    const files = /\.\w+$/.test(path) ? null : readdirSync(full, { withFileTypes: true, recursive: true });
    if (files === null) {
      hash.update(`${path}\0`).update(readFileSync(full));
      return;
    }
    const paths = files
      .filter(
        (file) => file.isFile() && !/\.test\.tsx?$/.test(file.name) && !file.parentPath.endsWith("sdk/dist"),
      )
      .map((file) => join(file.parentPath, file.name));
    for (const file of paths.sort())
      hash.update(`${file.slice(rootDir.length)}\0`).update(readFileSync(file));
  };
  for (const path of pageInputs) add(path);
  return hash.digest("hex");
}

async function timed(print: (line: string) => void, what: string, work: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  print(`  ${what} …`);
  await work();
  print(`  ${what}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** Runs a tool from node_modules/.bin; its output is shown only when it fails. */
function run(rootDir: string, tool: string, args: string[]): Promise<void> {
  const env = { ...process.env, NODE_ENV: "production" as const };
  const child = spawn(join(rootDir, "node_modules/.bin", tool), args, {
    cwd: rootDir,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${tool} ${args.join(" ")} failed:\n${output}`)),
    );
  });
}

if (import.meta.main)
  await build({ rootDir: join(import.meta.dirname, ".."), dev: false, print: (line) => console.log(line) });
