import { createHash } from "node:crypto";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { until } from "./support/processes.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { moduleProcesses, takeStock } from "./support/take-stock.ts";
import { type ModuleSource, makeCatalog, writeModule } from "./support/write-module.ts";

const catalog = makeCatalog();

const answering = (body: string) => `
import { createServer } from "node:http";
createServer((req, res) => { ${body} }).listen(process.env.GRAFT_SOCKET);
`;
const healthy = answering(`res.end("fine");`);

const host = serveGraft({
  journey: false,
  own: true,
  env: { GRAFT_CATALOGS: `dir:${catalog}` },
  async prepare({ api }) {
    writeModule(catalog, "bystander", { server: healthy, sql: "CREATE TABLE things (id int);" });
    await api.install("bystander");
  },
});

const problems = async () =>
  (await host.api.call("GET", "/catalog")).body.problems as { path: string; message: string }[];

/**
 * Whatever `attempt` does, the host is afterwards as it was before, and its other module went on answering. A change
 * that is taken back is a change of its own, so `but` may leave the generation's number out.
 */
async function leavesNothing<T>(attempt: () => Promise<T>, but?: "generation"): Promise<T> {
  const stock = async () => {
    const all: Record<string, unknown> = await takeStock(host);
    return but === undefined ? all : { ...all, [but]: null };
  };
  const before = await stock();
  let failed = 0;
  const timer = setInterval(async () => {
    const { status } = await host.api.call("GET", "/api/v1/bystander/things");
    if (status !== 200) failed++;
  }, 50);
  const result = await attempt().finally(() => clearInterval(timer));
  await expect.poll(stock).toEqual(before);
  expect(failed).toBe(0);
  return result;
}

const unreadable: { name: string; source: ModuleSource; says: RegExp }[] = [
  { name: "unknown-key", source: { manifest: { colour: "red" } }, says: /colour/ },
  { name: "wrong-type", source: { manifest: { categories: "data" } }, says: /categories/ },
  { name: "bad-semver", source: { manifest: { version: "1.0" } }, says: /version.*1\.2\.0/s },
  {
    name: "bad-range",
    source: { manifest: { dependencies: { bystander: "newest" } } },
    says: /bystander.*range/s,
  },
  {
    name: "outside",
    source: { manifest: { icon: "../bystander/README.md" } },
    says: /icon.*inside the module/s,
  },
  { name: "absent-file", source: { manifest: { icon: "assets/none.svg" } }, says: /assets\/none\.svg/ },
  { name: "not-json", source: { files: { "README.md": "" } }, says: /JSON|module\.json/ },
];

for (const { name, source, says } of unreadable) {
  test(`a folder that is no module is named with what is wrong: ${name}`, async () => {
    writeModule(catalog, name, source);
    if (name === "not-json") writeFileSync(join(catalog, name, "module.json"), '{ "name": ');
    const found = (await problems()).find(({ path }) => path.endsWith(`/${name}`));
    expect(found?.message).toMatch(says);
    const answer = await host.api.call("POST", "/plans", { changes: [{ action: "install", module: name }] });
    expect(answer.status).toBe(404);
    expect(answer.body.code).toBe("MODULE_NOT_IN_CATALOG");
    expect(
      (await host.api.call("GET", "/catalog")).body.items.map((item: { name: string }) => item.name),
    ).toContain("bystander");
  });
}

const broken: { name: string; source: ModuleSource; status: string; code: string; says: RegExp }[] = [
  {
    name: "third-statement",
    source: {
      sql: "CREATE TABLE a (id int);\nCREATE TABLE b (id int);\nALTER TABLE nowhere ADD COLUMN c int;",
    },
    status: "failed",
    code: "MIGRATION_FAILED",
    says: /nowhere/,
  },
  {
    name: "exits-at-once",
    source: { server: "console.error('no licence key'); process.exit(3);", sql: "CREATE TABLE a (id int);" },
    status: "reverted",
    code: "MODULE_START_FAILED",
    says: /3|no licence key/,
  },
  {
    name: "does-not-parse",
    source: { server: "export default {;" },
    status: "reverted",
    code: "MODULE_START_FAILED",
    says: /SyntaxError|syntax/i,
  },
  {
    name: "never-listens",
    source: { server: "setInterval(() => {}, 1000);", sql: "CREATE TABLE a (id int);" },
    status: "reverted",
    code: "MODULE_START_FAILED",
    says: /did not listen/,
  },
  {
    name: "answers-503",
    source: {
      server: answering(`res.writeHead(503).end("still warming up");`),
      sql: "CREATE TABLE a (id int);",
    },
    status: "reverted",
    code: "MODULE_UNHEALTHY",
    says: /503.*still warming up/,
  },
  {
    name: "answers-html",
    source: {
      server: answering(`res.writeHead(200, { "content-type": "text/html" }).end("<h1>It works</h1>");`),
    },
    status: "reverted",
    code: "MODULE_UNHEALTHY",
    says: /HTML/,
  },
];

for (const { name, source, status, code, says } of broken) {
  test(`a module that is broken is taken back and the error says why: ${name}`, async () => {
    writeModule(catalog, name, source);
    const operation = await leavesNothing(
      () => host.api.apply([{ action: "install", module: name }]),
      status === "reverted" ? "generation" : undefined,
    );
    expect({ status: operation.status, code: operation.error?.code }).toEqual({ status, code });
    expect(JSON.stringify(operation.error)).toMatch(says);
  });
}

test("a module that listens late is waited for", async () => {
  writeModule(catalog, "sleeper", {
    server: `await new Promise((resolve) => setTimeout(resolve, 2000));\n${healthy}`,
  });
  await host.api.install("sleeper");
  expect((await host.api.call("GET", "/api/v1/sleeper/x")).status).toBe(200);
});

test("a module that ignores SIGTERM is uninstalled all the same, and its process is gone", async () => {
  writeModule(catalog, "stubborn", {
    server: `process.on("SIGTERM", () => {}); process.on("SIGINT", () => {});\n${healthy}`,
    sql: "CREATE TABLE a (id int);",
  });
  await leavesNothing(async () => {
    await host.api.install("stubborn");
    const operation = await host.api.apply(
      [{ action: "uninstall", module: "stubborn", data: "delete" }],
      ["stubborn"],
    );
    expect(operation.status).toBe("succeeded");
    await until(() => !moduleProcesses(host.graft.pid).some(({ module }) => module === "stubborn"));
  }, "generation");
});

test("a module that prints without end or allocates without end harms itself alone", async () => {
  writeModule(catalog, "greedy", {
    manifest: { runtime: { kind: "node", entry: "server/index.mjs", memoryMb: 64 } },
    server: answering(`
      if (req.url === "/v1/print") { const line = "x".repeat(1023) + "\\n"; for (let i = 0; i < 100_000; i++) process.stdout.write(line); }
      if (req.url === "/v1/allocate") { const kept = []; for (;;) kept.push(Buffer.alloc(1 << 20, 1)); }
      res.end("fine");
    `),
  });
  await host.api.install("greedy");
  const [before] = moduleProcesses(host.graft.pid).filter(({ module }) => module === "greedy");
  const printed = host.api.call("GET", "/api/v1/greedy/print");
  expect((await host.api.call("GET", "/api/v1/bystander/x")).status).toBe(200);
  await printed;
  const { items } = (await host.api.call("GET", "/modules/greedy/logs?limit=2000")).body;
  expect(items.length).toBeLessThanOrEqual(2000);
  expect(residentMb(host.graft.pid)).toBeLessThan(700);

  const answer = await host.api.call("GET", "/api/v1/greedy/allocate");
  expect(answer.status).toBeGreaterThanOrEqual(502);
  expect((await host.api.call("GET", "/api/v1/bystander/x")).status).toBe(200);
  await until(async () => (await host.api.call("GET", "/api/v1/greedy/x")).status === 200);
  const [after] = moduleProcesses(host.graft.pid).filter(({ module }) => module === "greedy");
  expect(after?.pid).not.toBe(before?.pid);
});

test("a dependency that is nowhere is named in the plan's refusal", async () => {
  writeModule(catalog, "lonely", { manifest: { dependencies: { nowhere: "^1.0.0" } } });
  const answer = await leavesNothing(() =>
    host.api.call("POST", "/plans", { changes: [{ action: "install", module: "lonely" }] }),
  );
  expect(answer.status).toBe(422);
  expect(answer.body.code).toBe("DEPENDENCY_MISSING");
  expect(answer.body.detail).toContain("nowhere");
});

test("modules that need each other in a circle are refused with the circle", async () => {
  writeModule(catalog, "hen", { manifest: { dependencies: { egg: "^1.0.0" } } });
  writeModule(catalog, "egg", { manifest: { dependencies: { hen: "^1.0.0" } } });
  const answer = await leavesNothing(() =>
    host.api.call("POST", "/plans", { changes: [{ action: "install", module: "hen" }] }),
  );
  expect(answer.status).toBe(422);
  expect(answer.body.code).toBe("DEPENDENCY_CYCLE");
  expect(answer.body.detail).toMatch(/hen.*egg|egg.*hen/);
});

test("the same install twice: one of two at once wins, a third is told that it is there", async () => {
  writeModule(catalog, "twice", { server: healthy, sql: "CREATE TABLE a (id int);" });
  const changes = [{ action: "install", module: "twice" }];
  const plans = await Promise.all([1, 2].map(() => host.api.call("POST", "/plans", { changes })));
  const answers = await Promise.all(
    plans.map(({ body }) => host.api.call("POST", "/operations", { plan: body.id })),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([202, 409]);
  const refused = answers.find(({ status }) => status === 409);
  expect(["OPERATION_IN_PROGRESS", "PLAN_STALE"]).toContain(refused?.body.code);
  await until(async () => (await host.api.call("GET", "/api/v1/twice/x")).status === 200);
  const third = await leavesNothing(() => host.api.call("POST", "/plans", { changes }));
  expect({ status: third.status, code: third.body.code }).toEqual({
    status: 409,
    code: "MODULE_ALREADY_INSTALLED",
  });
});

test("a plan computed on an older generation is refused", async () => {
  writeModule(catalog, "early", {});
  writeModule(catalog, "late", {});
  const stale = (await host.api.call("POST", "/plans", { changes: [{ action: "install", module: "late" }] }))
    .body;
  await host.api.install("early");
  const answer = await leavesNothing(() => host.api.call("POST", "/operations", { plan: stale.id }));
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 409, code: "PLAN_STALE" });
});

test("what others depend on cannot be uninstalled through the API either", async () => {
  writeModule(catalog, "child", { manifest: { dependencies: { bystander: "^1" } } });
  await host.api.install("child");
  const changes = [{ action: "uninstall", module: "bystander", data: "delete" }];
  const answer = await leavesNothing(async () => {
    const plan = await host.api.call("POST", "/plans", { changes });
    if (plan.status >= 400) return plan;
    expect(plan.body.blockedBy).toEqual([{ module: "bystander", neededBy: ["child"] }]);
    return host.api.call("POST", "/operations", { plan: plan.body.id, confirm: ["bystander"] });
  });
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 409, code: "MODULE_NEEDED" });
});

test("a file in the store that was altered is never executed, and the running process goes on", async () => {
  const source = `${healthy}\n// altered later`;
  writeModule(catalog, "altered", { server: source });
  await host.api.install("altered");
  const hex = createHash("sha256").update(source).digest("hex");
  const blob = join(host.graft.dataDir, "store/blobs/sha256", hex);
  expect(readFileSync(blob, "utf8")).toBe(source);
  chmodSync(blob, 0o644);
  writeFileSync(blob, source.replace("fine", "evil"));
  const answer = await leavesNothing(() => host.api.call("POST", "/modules/altered/restart"));
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect(JSON.stringify(answer.body)).toMatch(/digest|SHA-256|altered|changed/i);
  expect((await host.api.call("GET", "/api/v1/altered/x")).body).toBe("fine");
});

function residentMb(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}
