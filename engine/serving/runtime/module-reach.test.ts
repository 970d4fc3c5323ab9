import { afterEach, describe, expect, test } from "vitest";
import type { RuntimeOptions } from "./create-runtime.ts";
import { ask } from "./testing/ask.ts";
import { createModuleFixture, type ModuleFixture } from "./testing/module-fixture.ts";
import { serving } from "./testing/sources.ts";

// What Node's permission model and the bootstrap refuse, whatever else holds the process; drivers.test.ts has the rest.
const open: ModuleFixture[] = [];

function fixture(options: Partial<RuntimeOptions> = {}) {
  const made = createModuleFixture({ drainMs: 500, ...options });
  open.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

describe("a module that reaches out", () => {
  test.each([
    ["a file of the system", "fs.readFileSync('/etc/passwd')"],
    ["the store's directory", "fs.readdirSync(process.env.STORE)"],
    ["another module's blob", "fs.readFileSync(process.env.OTHER)"],
    ["a file to write", "fs.writeFileSync('/tmp/graft-escape', 'x')"],
    ["a process of its own", "cp.spawn('/bin/sleep', ['60'])"],
    ["a worker thread", "new (require('node:worker_threads').Worker)('1', { eval: true })"],
    ["an addon", "process.dlopen({ exports: {} }, '/tmp/x.node')", "ERR_DLOPEN_DISABLED"],
    ["Node's internals", "process.binding('fs')"],
    ["another program in its place", "process.execve('/bin/true', ['true'], {})"],
    ["the debugger", "require('node:inspector').open(0)"],
    ["V8's flags", "require('node:v8').setFlagsFromString('--log-all')"],
    ["a database file", "require('node:sqlite')", "ERR_UNKNOWN_BUILTIN_MODULE"],
  ])("for %s is refused", async (_, attempt, code = "ERR_ACCESS_DENIED") => {
    const f = fixture();
    const other = f.module("other", "export const secret = 1;");
    const env = { STORE: f.dir, OTHER: f.blobPath(other.files["server/index.mjs"]?.digest ?? "sha256:") };
    const imports = `import fs from "node:fs"; import cp from "node:child_process"; import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;
    await f.runtime.start(f.module("curious", serving(attempt, imports), { env }));
    const { body } = await ask(f.runtime.socket("curious"));
    expect(JSON.parse(body)).toMatchObject({ code });
  });

  test.each([
    ["in its sandbox", {}],
    ["without one", { bubblewrap: false, accounts: false }],
  ])("learns %s nothing of which files there are", async (_, allowed) => {
    const f = fixture({ allowed });
    const attempt = `["/etc/passwd", "/etc/nothing", "file:///etc/passwd"].map((path) => {
      try { return createRequire("file:///etc/x.js").resolve(path); } catch (error) { return error.message; }
    })`;
    const source = serving(attempt, 'import { createRequire } from "node:module";');
    await f.runtime.start(f.module("curious", source));
    const answers = JSON.parse((await ask(f.runtime.socket("curious"))).body) as string[];
    expect(answers).toHaveLength(3);
    for (const answer of answers) expect(answer).toMatch(/which a module cannot load by path/);
  });

  test.each([
    ["kill", "process.kill(Number(process.env.HOST), 'SIGUSR2')"],
    ["probe", "process.kill(Number(process.env.HOST), 0)"],
    ["debug", "process._debugProcess(Number(process.env.HOST))"],
    ["slow down", "import('node:os').then((os) => os.setPriority(Number(process.env.HOST), 19))"],
    [
      "kill by the named export",
      "import('node:process').then((p) => p.kill(Number(process.env.HOST), 'SIGUSR2'))",
    ],
  ])("to %s the host is refused", async (_, attempt) => {
    const f = fixture();
    await f.runtime.start(f.module("hostile", serving(attempt), { env: { HOST: String(process.pid) } }));
    const { body } = await ask(f.runtime.socket("hostile"));
    expect(JSON.parse(body).message).toMatch(/EPERM|not a function/);
  });
});
