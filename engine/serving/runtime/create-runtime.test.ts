import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { isGraftError } from "../../core/index.ts";
import type { RuntimeOptions } from "./create-runtime.ts";
import { ask, isAlive, until } from "./testing/ask.ts";
import { createModuleFixture, type ModuleFixture } from "./testing/module-fixture.ts";
import { serving } from "./testing/sources.ts";
import type { ProcessEvent } from "./types.ts";

const open: ModuleFixture[] = [];

function fixture(options: Partial<RuntimeOptions> = {}) {
  const made = createModuleFixture({ drainMs: 500, ...options });
  open.push(made);
  const events: ProcessEvent[] = [];
  made.runtime.onEvent((event) => events.push(event));
  return { ...made, events };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

/** What processes of modules were given and have left behind. */
function placesIn(dir: string): string[] {
  const made = readdirSync(join(dir, "run"), { recursive: true, encoding: "utf8" });
  return made.filter((path) => dirname(path) !== "." && basename(path) !== "seccomp");
}

/** The error of a start that must fail, after checking that nothing of it is left. */
async function failedStart(
  { runtime, events, dir }: ReturnType<typeof fixture>,
  spec: Parameters<typeof runtime.start>[0],
) {
  const error = await runtime.start(spec).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isGraftError(error)) throw new Error("the start did not fail as a GraftError", { cause: error });
  expect(error.code).toBe("MODULE_START_FAILED");
  expect(runtime.status(spec.name)).toBeNull();
  expect(runtime.socket(spec.name)).toBeNull();
  for (const event of events) if (event.kind === "started") expect(isAlive(event.pid)).toBe(false);
  expect(placesIn(dir)).toEqual([]);
  expect(runtime.logs(spec.name).at(-1)?.text).toMatch(/^did not start: it /);
  return error;
}

describe("a module that behaves", () => {
  test("answers on its socket once start resolves, and is gone with its socket once stop does", async () => {
    const f = fixture();
    await f.runtime.start(f.module("good", serving()));
    const socket = f.runtime.socket("good");
    expect(await ask(socket)).toEqual({ status: 200, body: '{"ok":true}' });
    const pid = f.runtime.status("good")?.pid ?? 0;
    await f.runtime.stop("good");
    expect(isAlive(pid)).toBe(false);
    expect(f.runtime.status("good")).toMatchObject({ state: "stopped", pid: null });
    expect(existsSync(dirname(socket ?? ""))).toBe(false);
    expect(placesIn(f.dir)).toEqual([]);
    expect(f.events.map((event) => event.kind)).toEqual(["started", "listening", "stopped"]);
  });

  test("tells that it is gone, stopped or replaced, when nothing of its process is left", async () => {
    const left: string[][] = [];
    const f = fixture({ gone: async () => void left.push(placesIn(f.dir)) });
    await f.runtime.start(f.module("good", serving()));
    await f.runtime.restart("good");
    await f.runtime.drained("good");
    expect(left).toHaveLength(1);
    await f.runtime.stop("good");
    await until(() => left.length === 2);
    expect(left[1]).toEqual([]);
  });

  test("that is forgotten with its stop leaves neither status nor log", async () => {
    const f = fixture();
    await f.runtime.start(f.module("gone", serving()));
    await f.runtime.stop("gone", { forget: true });
    expect(f.runtime.list()).toEqual([]);
    expect(f.runtime.logs("gone")).toEqual([]);
  });

  test("gets the environment of its spec and GRAFT_SOCKET, nothing of the host's", async () => {
    const f = fixture();
    await f.runtime.start(f.module("env", serving("process.env"), { env: { GRAFT_MODULE: "env" } }));
    const socket = f.runtime.socket("env");
    expect(JSON.parse((await ask(socket)).body)).toEqual({ GRAFT_MODULE: "env", GRAFT_SOCKET: socket });
  });

  test("loads TypeScript, JSON, CommonJS and the SDK from its blobs", async () => {
    const f = fixture();
    const spec = f.module("mixed", {
      "server/index.mjs": serving(
        "[greet('x'), data.n, old.twice(4), sdk]",
        `import { greet } from "./lib/greet.ts";
         import data from "../data.json" with { type: "json" };
         import { sdk } from "@graft/sdk/server";
         import { createRequire } from "node:module";
         const old = createRequire(import.meta.url)("./old");`,
      ),
      "server/lib/greet.ts": "export const greet = (name: string): string => 'hi ' + name;",
      "server/old.cjs": "exports.twice = (n) => 2 * n + require('../data.json').n * 0;",
      "data.json": '{"n":7}',
    });
    await f.runtime.start(spec);
    expect(JSON.parse((await ask(f.runtime.socket("mixed"))).body)).toEqual(["hi x", 7, 8, true]);
  });

  test("gets all of node:http, also what is loaded only on demand", async () => {
    const f = fixture();
    const spec = f.module("http", {
      "server/index.mjs": serving(
        "[typeof all.WebSocket, WebSocket === all.WebSocket, common.createServer === all.createServer, named.STATUS_CODES[200]]",
        `import all, { WebSocket } from "node:http"; import * as named from "./named.mjs"; import common from "./common.cjs";`,
      ),
      "server/named.mjs": `export { Agent, STATUS_CODES, createServer, get, globalAgent, maxHeaderSize, request } from "http";`,
      "server/common.cjs": `module.exports = require("http");`,
    });
    await f.runtime.start(spec);
    expect(JSON.parse((await ask(f.runtime.socket("http"))).body)).toEqual(["function", true, true, "OK"]);
  });

  test("starts with thousands of files", async () => {
    const f = fixture();
    const files: Record<string, string> = { "server/index.mjs": serving() };
    for (let i = 0; i < 4_000; i++)
      files[`client/some/rather/long/folder/name/for/an/asset-${i}.txt`] = `${i}`;
    await f.runtime.start(f.module("large", files));
    expect((await ask(f.runtime.socket("large"))).status).toBe(200);
  });

  test("that listens late is waited for", async () => {
    const f = fixture();
    const files = {
      "server/index.mjs": "setTimeout(() => import('./serve.mjs'), 700);",
      "server/serve.mjs": serving(),
    };
    await f.runtime.start(f.module("late", files));
    expect((await ask(f.runtime.socket("late"))).status).toBe(200);
  });

  test("finishes the request it is answering when its successor takes over", async () => {
    const f = fixture({ drainMs: 3_000 });
    const slow = serving(
      "new Promise((ok) => setTimeout(() => ok('old'), req.url === '/slow' ? 500 : 0))",
      "process.on('SIGTERM', () => setTimeout(() => process.exit(), 900));",
    );
    await f.runtime.start(f.module("swap", slow));
    const before = f.runtime.status("swap")?.pid ?? 0;
    const pending = ask(f.runtime.socket("swap"), "/slow");
    await f.runtime.start(f.module("swap", serving("'new'")));
    expect((await ask(f.runtime.socket("swap"))).body).toBe('"new"');
    expect((await pending).body).toBe('"old"');
    await until(() => !isAlive(before));
    expect(f.events.filter((event) => event.kind === "crashed")).toEqual([]);
  });
});

describe("a module that does not start", () => {
  test("because nothing could hold it is told how to get that, where that is asked for", async () => {
    const f = fixture({ sandbox: "require", allowed: { bubblewrap: false } });
    const start = f.runtime.start(f.module("open", serving()));
    await expect(start).rejects.toMatchObject({ code: "SANDBOX_REQUIRED", hint: expect.stringMatching(/./) });
    expect(f.events.filter(({ kind }) => kind === "started")).toEqual([]);
    expect(placesIn(f.dir)).toEqual([]);
  });

  test("because it exits at once is refused with its last words", async () => {
    const f = fixture();
    const error = await failedStart(
      f,
      f.module("exits", "console.log('starting'); throw new TypeError('no config');"),
    );
    expect(error.message).toContain("exited with status 1: server/index.mjs:1: TypeError: no config");
    expect(error.details.log).toContain("starting");
  });

  test("because it never listens is ended when its time is over", async () => {
    const f = fixture({ startTimeoutMs: 400 });
    const error = await failedStart(f, f.module("silent", "setInterval(() => {}, 1000);"));
    expect(error.message).toContain("did not listen on its socket (GRAFT_SOCKET) within 0.4 s");
  });

  test("because a blob is damaged names the file and both digests", async () => {
    const f = fixture();
    const spec = f.module("damaged", {
      "server/index.mjs": "import './part.mjs';",
      "server/part.mjs": serving(),
    });
    const digest = spec.files["server/part.mjs"]?.digest ?? "sha256:";
    writeFileSync(f.blobPath(digest), "process.exit(0)");
    const error = await failedStart(f, spec);
    expect(error.message).toMatch(
      /server\/part\.mjs is damaged in the store: its digest is sha256:\w{64}, not /,
    );
    expect(error.message).toContain(digest);
  });

  test.each([
    [
      "a package by name",
      "import 'express';",
      'server/index.mjs imports "express", which a module cannot load by name',
    ],
    [
      "a file it lacks",
      "import './part';",
      'imports "./part", but the module has no file server/part; did you mean server/part.ts?',
    ],
    ["a file outside", "import '../../../../etc/passwd';", "but the module has no file /etc/passwd"],
    ["a syntax error", "let x = ;", "server/index.mjs:1: SyntaxError: Unexpected token ';'"],
  ])("because it imports %s says so", async (_, source, message) => {
    const f = fixture();
    const error = await failedStart(
      f,
      f.module("imports", { "server/index.mjs": source, "server/part.ts": "" }),
    );
    expect(error.message).toContain(message);
  });

  test("leaves the process that runs already in place", async () => {
    const f = fixture();
    await f.runtime.start(f.module("kept", serving("'old'")));
    await expect(f.runtime.start(f.module("kept", "process.exit(3)"))).rejects.toThrow(
      "exited with status 3",
    );
    expect((await ask(f.runtime.socket("kept"))).body).toBe('"old"');
  });

  test("because it is stopped meanwhile is told so and leaves nothing", async () => {
    const f = fixture();
    const starting = f.runtime.start(f.module("halted", "setInterval(() => {}, 1000);"));
    await until(() => f.events.some((event) => event.kind === "started"));
    await Promise.all([
      expect(starting).rejects.toThrow("was stopped while it started"),
      f.runtime.stop("halted"),
    ]);
    expect(f.runtime.socket("halted")).toBeNull();
  });
});

describe("a module that crashes", () => {
  const restart = { minDelayMs: 20, maxDelayMs: 50, quarantineCrashes: 3 };

  test("is started again by itself", async () => {
    const f = fixture({ restart });
    await f.runtime.start(f.module("fragile", serving("req.url === '/die' ? process.exit(7) : 1")));
    await ask(f.runtime.socket("fragile"), "/die").catch(() => {});
    await until(() => f.events.some((event) => event.kind === "restarted"));
    expect(f.events).toContainEqual(expect.objectContaining({ kind: "crashed", exitCode: 7 }));
    expect((await ask(f.runtime.socket("fragile"))).body).toBe("1");
    expect(f.runtime.status("fragile")).toMatchObject({
      state: "running",
      restarts: 1,
      lastError: "exited with status 7",
    });
  });

  test("again and again is quarantined, and a restart by hand ends that", async () => {
    const f = fixture({ restart });
    await f.runtime.start(f.module("hopeless", serving("1", "setTimeout(() => process.exit(1), 100);")));
    await until(() => f.runtime.status("hopeless")?.state === "quarantined");
    expect(f.runtime.socket("hopeless")).toBeNull();
    expect(f.events.filter((event) => event.kind === "crashed")).toHaveLength(3);
    await f.runtime.restart("hopeless");
    expect(f.runtime.status("hopeless")?.state).toBe("running");
  });

  test("is not started again once it was stopped", async () => {
    const f = fixture({ restart: { minDelayMs: 200, maxDelayMs: 200 } });
    await f.runtime.start(f.module("ended", serving("process.exit(1)")));
    await ask(f.runtime.socket("ended")).catch(() => {});
    await until(() => f.runtime.status("ended")?.state === "backoff");
    await f.runtime.stop("ended");
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(f.runtime.status("ended")).toMatchObject({ state: "stopped", pid: null });
    expect(f.events.filter((event) => event.kind === "started")).toHaveLength(1);
    await expect(f.runtime.restart("ended")).rejects.toMatchObject({ code: "MODULE_STOPPED" });
  });
});

describe("a module that misbehaves", () => {
  test("by allocating objects without end is told its heap's limit", async () => {
    const f = fixture();
    const source = "const all = []; for (;;) all.push({ text: 'x' + all.length });";
    const error = await failedStart(f, f.module("heap", source, { memoryMb: 48 }));
    expect(error.message).toContain("ran out of memory: its heap reached the limit of 48 MB");
  });

  test("by allocating buffers without end is ended with the figure", async () => {
    const f = fixture({ restart: { minDelayMs: 10_000, maxDelayMs: 10_000 } });
    const source = serving("1", "const all = []; setInterval(() => all.push(Buffer.alloc(8e6, 1)), 5);");
    await f.runtime.start(f.module("buffers", source, { memoryMb: 64 }));
    await until(() => f.runtime.status("buffers")?.state === "backoff");
    expect(f.runtime.status("buffers")?.lastError).toMatch(/^used \d+ MB, its limit is 64 MB$/);
  });

  test("by ignoring SIGTERM is killed when its time to drain is over", async () => {
    const f = fixture();
    await f.runtime.start(f.module("stubborn", serving("1", "process.on('SIGTERM', () => {});")));
    const pid = f.runtime.status("stubborn")?.pid ?? 0;
    const begin = Date.now();
    await f.runtime.stop("stubborn", { drainMs: 200 });
    // Its own time to drain, not the 5 s that others have.
    expect(Date.now() - begin).toBeLessThan(4_500);
    expect(isAlive(pid)).toBe(false);
  });

  test("by printing 100 MB costs the host no memory and keeps its newest lines", async () => {
    const f = fixture();
    const print = `const line = "x".repeat(999) + "\\n";
      for (let i = 0; i < 100_000; i++) process.stdout.write(line);
      console.log("the end");`;
    const files = {
      "server/index.mjs": `import "./print.mjs"; import "./serve.mjs";`,
      "server/print.mjs": print,
      "server/serve.mjs": serving(),
    };
    const before = process.memoryUsage().rss;
    await f.runtime.start(f.module("loud", files));
    await until(() => f.runtime.logs("loud").some((line) => line.text === "the end"));
    expect(process.memoryUsage().rss - before).toBeLessThan(80e6);
    const lines = f.runtime.logs("loud", 5_000);
    expect(lines.length).toBeLessThanOrEqual(2_000);
    expect(lines.some((line) => /MB of stdout left out/.test(line.text))).toBe(true);
    expect((await ask(f.runtime.socket("loud"))).status).toBe(200);
  });
});
