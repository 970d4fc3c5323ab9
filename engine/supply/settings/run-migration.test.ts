import { expect, test } from "vitest";
import { runMigration } from "./run-migration.ts";

const run = (source: string, values: Record<string, unknown> = { a: 1 }) =>
  runMigration({ module: "m", source, from: "1.0.0", to: "2.0.0" }, values);

test("is TypeScript, and gets the settings and the versions", async () => {
  const source = `type Old = { a: number };
    export default ({ a }: Old, { from, to }: { from: string; to: string }) => ({ b: a, way: from + to });`;
  expect(await run(source)).toEqual({ b: 1, way: "1.0.02.0.0" });
});

const reach = (what: string) =>
  `export default () => { let found; try { found = String(${what}); } catch (e) { found = e.name; } return { found }; };`;

test.each([
  ["process", "typeof process", "undefined"],
  ["require", "typeof require", "undefined"],
  ["fetch", "typeof fetch", "undefined"],
  ["code from texts", "Function('return 1')()", "EvalError"],
  [
    "code from texts, by an import's promise",
    "import('node:fs').constructor.constructor('return 1')()",
    "EvalError",
  ],
  [
    "code from texts, by an error of the host",
    "(() => { const f = () => f(); try { f() } catch (e) { return e.constructor.constructor('return 1')() } })()",
    "EvalError",
  ],
  [
    "objects of its caller, by the stack",
    "(() => { let seen = ''; Error.prepareStackTrace = (_, calls) => { seen = calls.map((c) => typeof c.getThis() + typeof c.getFunction()).join() }; new Error().stack; return /object|function/.test(seen) })()",
    "false",
  ],
  ["WebAssembly", "new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))", "CompileError"],
])("has no %s", async (_, what, found) => {
  expect(await run(reach(what))).toEqual({ found });
});

test.each([
  ["throws", "export default () => { throw new Error('boom'); };", "boom"],
  ["never ends", "export default () => { for (;;); };", "longer than 2 s"],
  [
    "fills the memory",
    "export default () => { const all = []; for (;;) all.push(new Array(1e6).fill(1)); };",
    "memory",
  ],
  ["is no TypeScript", "export default (", "Unexpected end of file"],
  [
    "imports",
    "import { readFileSync } from 'node:fs'; export default () => readFileSync('/etc/passwd');",
    "may not import",
  ],
  ["has no default export", "export const migrate = (all) => all;", "no default export"],
  ["returns nothing", "export default () => {};", "must return the settings"],
  ["returns a list", "export default () => [];", "must return an object"],
  ["is asynchronous", "export default async (all) => all;", "must not be asynchronous"],
  [
    "throws what throws when it is looked at",
    "export default () => { throw { get message() { throw 1; } }; };",
    "no reason",
  ],
])("one that %s is refused by name", async (_, source, reason) => {
  await expect(run(source)).rejects.toMatchObject({
    code: "SETTINGS_MIGRATION_FAILED",
    message: expect.stringContaining(reason),
    details: { module: "m", version: "2.0.0" },
  });
});
