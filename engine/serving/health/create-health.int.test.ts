import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { HealthNow } from "../../../contract/health.ts";
import { isGraftError, silentLog } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { createTestRegistry, testModule } from "../../supply/installed/testing/create-test-registry.ts";
import type { ModuleSpec } from "../runtime/index.ts";
import { ask, until } from "../runtime/testing/ask.ts";
import { createModuleFixture, type ModuleFixture } from "../runtime/testing/module-fixture.ts";
import { serving } from "../runtime/testing/sources.ts";
import { createHealth, type HealthOptions } from "./create-health.ts";
import { createSeverableDatabase } from "./testing/severable-database.ts";
import type { Health } from "./types.ts";

let database: TestDatabase;
let fixture: ModuleFixture;
let health: Health;
let nowMs = Date.parse("2026-03-01T12:00:30Z");
const specs = new Map<string, ModuleSpec>();

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await health.close();
  await fixture.close();
  specs.clear();
  await database.db.pool.query("TRUNCATE graft.health_samples, graft.module_events");
});

function installed(spec: ModuleSpec | undefined) {
  return spec === undefined ? null : { ...testModule({ name: spec.name }), manifest: spec.manifest };
}

function setUp(options: Partial<HealthOptions> = {}) {
  fixture = createModuleFixture({
    drainMs: 300,
    restart: { minDelayMs: 20, maxDelayMs: 50, quarantineCrashes: 3 },
  });
  health = createHealth({
    db: database.db,
    runtime: fixture.runtime,
    log: silentLog,
    registry: { get: (name) => installed(specs.get(name)) },
    clock: () => nowMs,
    tickMs: 20,
    ...options,
  });
}

async function run(name: string, source: string, options: Parameters<ModuleFixture["module"]>[2] = {}) {
  const spec = fixture.module(name, source, { health: { intervalSeconds: 1, timeoutMs: 300 }, ...options });
  specs.set(name, spec);
  await fixture.runtime.start(spec);
  health.watch(name);
}

const rows = async (table: string) =>
  (await database.db.pool.query(`SELECT * FROM graft.${table} ORDER BY 1, 2`)).rows;

/** Answers by what the file variable `mode` holds; `/mode/503` changes it. */
const switchable = `
import http from "node:http";
let mode = "200";
http.createServer((req, res) => {
  if (req.url.startsWith("/mode/")) { mode = req.url.slice(6); return res.end(); }
  if (mode === "html") { res.setHeader("content-type", "text/html"); return res.end("<html>"); }
  if (mode === "hang") return;
  res.statusCode = Number(mode);
  res.end(mode === "200" ? "" : JSON.stringify({ detail: "it said " + mode }));
}).listen(process.env.GRAFT_SOCKET);`;

describe("the gate", () => {
  test("opens as soon as the module answers well", async () => {
    setUp();
    await run("good", serving());
    await health.gate("good");
    expect(health.now("good")).toMatchObject({ state: "healthy", message: null, restarts: 0 });
    expect(health.now("good")?.latencyMs).toBeGreaterThan(0);
  });

  test("waits for a module that answers 503 at first", async () => {
    setUp();
    const source = switchable.replace('"200";', '"503"; setTimeout(() => { mode = "200"; }, 400);');
    await run("warming", source);
    await health.gate("warming");
    expect(health.now("warming")?.state).toBe("healthy");
  });

  test.each([
    ["answers 503", switchable.replace('"200";', '"503";'), "answered 503 on /healthz: it said 503"],
    ["answers HTML", switchable.replace('"200";', '"html";'), "answered /healthz with an HTML page"],
    ["never answers", switchable.replace('"200";', '"hang";'), /did not answer \/healthz within \d+ ms/],
  ])("refuses a module that %s, with its answer and its log", async (_, source, message) => {
    setUp();
    await run("sick", `console.log("my last words");${source}`);
    const error = await health.gate("sick", { timeoutMs: 500 }).catch((reason: unknown) => reason);
    if (!isGraftError(error)) throw new Error("not refused", { cause: error });
    expect(error.code).toBe("MODULE_UNHEALTHY");
    expect(error.message).toMatch(message);
    expect(error.details.log).toContain("my last words");
  });

  test("refuses at once a module that went into quarantine", async () => {
    setUp();
    await run("dying", serving("new Promise(() => {})", "setTimeout(() => process.exit(1), 80);"));
    await expect(health.gate("dying")).rejects.toThrow("is not running: it exited with status 1");
    expect(health.now("dying")?.state).toBe("quarantined");
  });

  test("lets a module without a process pass, which is healthy", async () => {
    setUp();
    specs.set("tables", fixture.module("tables", ""));
    const { runtime: _, ...manifest } = fixture.module("tables", "").manifest;
    specs.set("tables", { ...fixture.module("tables", ""), manifest });
    health.watch("tables");
    await health.gate("tables");
    expect(health.now("tables")?.state).toBe("healthy");
  });
});

describe("a watched module", () => {
  test("degrades, fails and recovers with what it answers, and each change is an event", async () => {
    setUp();
    const changes: HealthNow[] = [];
    health.onChange((now) => changes.push(now));
    await run("moody", switchable);
    await until(() => health.now("moody")?.state === "healthy");
    const socketPath = fixture.runtime.socket("moody") ?? "";
    await ask(socketPath, "/mode/503");
    await until(() => health.now("moody")?.state === "degraded");
    await until(() => health.now("moody")?.state === "failing");
    expect(health.now("moody")?.message).toBe("answered 503 on /healthz: it said 503");
    await ask(socketPath, "/mode/200");
    await until(() => health.now("moody")?.state === "healthy");
    expect(changes.map((now) => now.state)).toEqual(["healthy", "degraded", "failing", "healthy"]);
    const events = await health.events({ module: "moody" });
    expect(events.map((event) => event.kind)).toEqual([
      "healthy",
      "failing",
      "degraded",
      "healthy",
      "started",
    ]);
    expect(events[1]?.message).toBe("answered 503 on /healthz: it said 503");
  });

  test("that crashes for ever ends in quarantine, and its story is kept", async () => {
    setUp();
    await run("crashing", serving("1", "setTimeout(() => process.exit(9), 60);"));
    await until(() => health.now("crashing")?.state === "quarantined");
    expect(health.now("crashing")).toMatchObject({ pid: null, rssMb: null, restarts: 2 });
    const kinds = (await health.events({})).map((event) => event.kind);
    expect(kinds.filter((kind) => kind === "crashed")).toHaveLength(3);
    expect(kinds).toContain("quarantined");
  });

  test("that did not start is failing and says why", async () => {
    setUp();
    await run("absent", "throw new Error('no licence')").catch(() => {});
    health.watch("absent");
    await until(() => health.now("absent")?.state === "failing");
    expect(health.now("absent")?.message).toContain(
      "did not start: it exited with status 1: server/index.mjs:1: Error: no licence",
    );
  });

  test("that is stopped and started again is stopped, then healthy", async () => {
    setUp();
    await run("back", serving());
    await health.gate("back");
    await fixture.runtime.stop("back");
    expect(health.now("back")?.state).toBe("stopped");
    await fixture.runtime.start(specs.get("back") ?? fixture.module("back", ""));
    await until(() => health.now("back")?.state === "healthy");
  });
});

describe("history", () => {
  test("one row per module and minute holds probes, latency, memory and requests", async () => {
    setUp();
    await run("kept", serving());
    await health.gate("kept");
    await until(() => fixture.runtime.status("kept")?.rssMb != null);
    await health.gate("kept");
    for (const status of [200, 200, 404, 502]) health.countRequest("kept", status, 3);
    health.countRequest("unknown", 200, 3);
    nowMs += 60_000;
    await until(async () => (await rows("health_samples")).length === 1);
    const [row] = await rows("health_samples");
    expect(row).toMatchObject({ module: "kept", state: "healthy", failures: 0, requests: 4, errors: 1 });
    expect(row.probes).toBeGreaterThanOrEqual(2);
    expect(row.latency_ms_p50).toBeGreaterThan(0);
    expect(row.latency_ms_max).toBeGreaterThanOrEqual(row.latency_ms_p50);
    expect(row.rss_mb).toBeGreaterThan(20);
    expect(row.minute.getSeconds()).toBe(0);
  });

  test("joins stored minutes, the present one and gaps", async () => {
    setUp();
    await run("seen", serving());
    await health.gate("seen");
    await database.db.pool.query(
      `INSERT INTO graft.health_samples (module, minute, state, probes, failures) VALUES ('seen', $1, 'failing', 6, 6)`,
      [new Date(nowMs - 3_600_000)],
    );
    const { points, uptime } = await health.history("seen", { hours: 2, buckets: 8 });
    expect(points).toHaveLength(8);
    expect(points.filter((point) => point.state !== "unknown").map((point) => point.state)).toEqual([
      "failing",
      "healthy",
    ]);
    expect(points.at(-1)?.state).toBe("healthy");
    expect(uptime).toBe(0.5);
  });

  test("parts of the same minute written by two hosts add up", async () => {
    setUp();
    await run("shared", serving());
    await health.gate("shared");
    const other = createHealth({
      db: database.db,
      runtime: fixture.runtime,
      log: silentLog,
      registry: createTestRegistry(),
      clock: () => nowMs,
    });
    other.watch("shared");
    await other.gate("shared");
    health.countRequest("shared", 200, 1);
    other.countRequest("shared", 500, 1);
    await other.close();
    await health.close();
    expect(await rows("health_samples")).toMatchObject([
      { module: "shared", state: "healthy", requests: 2, errors: 1 },
    ]);
  });

  test("what is past its time is removed, the rest stays", async () => {
    setUp();
    const day = 86_400_000;
    const insert = (table: string, column: string, age: number) =>
      database.db.pool.query(
        table === "health_samples"
          ? `INSERT INTO graft.health_samples (module, minute, state, probes, failures) VALUES ('old', $1, 'healthy', 1, 0)`
          : `INSERT INTO graft.module_events (module, ${column}, kind, message) VALUES ('old', $1, 'started', '')`,
        [new Date(nowMs - age)],
      );
    for (const age of [6.9, 7.1]) await insert("health_samples", "minute", age * day);
    for (const age of [29, 31]) await insert("module_events", "at", age * day);
    nowMs += 61_000;
    await until(
      async () => (await rows("health_samples")).length === 1 && (await rows("module_events")).length === 1,
    );
  });
});

test("figures and events of the time PostgreSQL was away are written when it is back", async () => {
  const wire = await createSeverableDatabase(database.url);
  setUp({ db: wire.db });
  await wire.sever();
  await run("patient", serving("1", "setTimeout(() => process.exit(4), 250);"));
  await health.gate("patient");
  await until(() => fixture.runtime.status("patient")?.restarts === 1);
  for (let minute = 0; minute < 3; minute++) {
    health.countRequest("patient", 200, 1);
    nowMs += 60_000;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  expect(await rows("health_samples")).toEqual([]);
  await wire.mend();
  await until(async () => (await rows("health_samples")).length >= 3);
  const stored = await rows("health_samples");
  expect(stored.reduce((sum, row) => sum + row.requests, 0)).toBe(3);
  // Written after the figures.
  const kinds = async () => (await rows("module_events")).map((row) => row.kind);
  await expect.poll(kinds).toEqual(expect.arrayContaining(["crashed", "restarted"]));
  await health.close();
  await wire.close();
});
