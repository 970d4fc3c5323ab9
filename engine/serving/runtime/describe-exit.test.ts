import { expect, test } from "vitest";
import { mostTellingLine } from "./describe-exit.ts";

const err = (text: string) => ({ stream: "stderr" as const, text });
const out = (text: string) => ({ stream: "stdout" as const, text });

test.each([
  [
    "an uncaught error, with its place",
    [
      "file:///@polls/server/index.mjs:3",
      "  throw new Error('no')",
      "  ^",
      "",
      "Error: no",
      "    at x",
      "Node.js v24",
    ].map(err),
    "server/index.mjs:3: Error: no",
  ],
  ["a named error", [err("RangeError [ERR_X]: too far"), err("    at y")], "RangeError [ERR_X]: too far"],
  [
    "an error in the SDK's log",
    [
      out('{"level":"info","msg":"hello"}'),
      out('{"level":"error","msg":"could not start","error":"Error: no key\\n    at z"}'),
    ],
    "could not start: Error: no key",
  ],
  ["an error in a pino log", [out('{"level":50,"msg":"bad","err":{"message":"no key"}}')], "bad: no key"],
  ["the last words on standard error", [err("first"), err("last"), err(""), err("Node.js v24.21.0")], "last"],
  ["nothing, when it only chatted", [out("hello"), out("{broken")], undefined],
])("of %s", (_, lines, expected) => {
  expect(mostTellingLine(lines)).toBe(expected);
});
