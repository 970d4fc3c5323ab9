#!/usr/bin/env node
// Plain JavaScript, because `npx graft` may be started by any Node: the CLI itself needs one that runs TypeScript.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(realpathSync(fileURLToPath(import.meta.url)));

if (Number(process.versions.node.split(".")[0]) >= 24) {
  const { run } = await import("./main.ts");
  process.exitCode = await run(process.argv.slice(2));
} else {
  const node = join(here, "../node_modules/node/bin/node");
  if (!existsSync(node)) {
    console.error(
      `graft needs Node.js 24 and this is ${process.version}. Run \`npm install\` in ${dirname(here)}.`,
    );
    process.exit(1);
  }
  const child = spawn(node, [join(here, "graft.mjs"), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
