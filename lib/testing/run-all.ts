import { spawn } from "node:child_process";

// `npm test`. What only reads the sources runs beside the build and the tests, which now and then wait and leave a core
// idle. All that can run does, so that one run tells everything; the closing lines say how each ended.

const results: { script: string; ok: boolean; seconds: number }[] = [];

/** Runs one of package.json's scripts; `quietly`, its output comes as one piece at its end. */
function run(script: string, { quietly = false } = {}): Promise<boolean> {
  const began = performance.now();
  const child = spawn("npm", ["run", "--silent", script], {
    stdio: quietly ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const seconds = Math.round((performance.now() - began) / 1000);
      if (quietly) console.log(`\n> ${script}\n${output.trim()}`);
      results.push({ script, ok: code === 0, seconds });
      resolve(code === 0);
    });
  });
}

const built = run("build");
async function check(): Promise<void> {
  for (const script of ["check:lint", "check:deps", "check:unused", "check:house"])
    await run(script, { quietly: true });
  // The build empties the folder in which Next's types lie.
  await built;
  await run("check:types", { quietly: true });
}
const checked = check();
if (await built) {
  await run("test:unit");
  await run("test:e2e");
}
await checked;

console.log("");
for (const { script, ok, seconds } of results)
  console.log(`${ok ? "passed" : "FAILED"}  ${script} (${seconds} s)`);
process.exit(results.every(({ ok }) => ok) ? 0 : 1);
