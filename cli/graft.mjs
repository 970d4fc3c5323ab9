#!/usr/bin/env node
// Plain JavaScript, because `npx graft` may be started by any Node: the CLI itself needs one that runs TypeScript.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import module from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(realpathSync(fileURLToPath(import.meta.url)));

const args = process.argv.slice(2);

if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  console.log(JSON.parse(readFileSync(join(here, "../package.json"), "utf8")).version);
} else if (Number(process.versions.node.split(".")[0]) >= 24) {
  // Types are stripped and the code is compiled once, not at every call. Where this cannot be written, every call does.
  // Not in the system's temporary folder, Node's default: there others could put code in its place.
  module.enableCompileCache(join(here, "../node_modules/.cache/graft"));
  const { run } = await import("./main.ts");
  process.exitCode = await run(args);
} else {
  await runOnNode24();
}

async function runOnNode24() {
  const node = join(here, "../node_modules/node/bin/node");
  if (!existsSync(node)) {
    console.error(
      `graft needs Node.js 24 and this is ${process.version}. Run \`npm install\` in ${dirname(here)}.`,
    );
    process.exit(1);
  }
  const { spawn } = await import("node:child_process");
  const child = spawn(node, [join(here, "graft.mjs"), ...args], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
