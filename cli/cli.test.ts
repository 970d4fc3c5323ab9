import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { OperationView } from "../contract/operation.ts";
import type { Problem } from "../contract/problem.ts";
import { makeOperation, makePlan, makeStep } from "./testing/make-views.ts";
import { runCli } from "./testing/run-cli.ts";

let cwd: string;
let stop: () => Promise<void> = async () => {};
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "graft-cli-"));
});
afterEach(async () => {
  await stop();
  stop = async () => {};
  await rm(cwd, { recursive: true, force: true });
});

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

type Route = (body: unknown, response: ServerResponse, accept: string | undefined) => unknown;

/** A host that answers over real HTTP, and leaves its address as the real one does. */
async function host(routes: Record<string, Route>) {
  const calls: { call: string; body: unknown; authorization: string | undefined }[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const text = (await collect<Buffer>(request)).join("");
    const call = `${request.method} ${request.url?.replace("/api/v1/graft", "")}`;
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    calls.push({ call, body, authorization: request.headers.authorization });
    const route = routes[call];
    const missing = { status: 404, code: "NOT_FOUND", detail: `no ${call}`, hint: "look elsewhere" };
    const value = route ? route(body, response, request.headers.accept) : missing;
    if (!route) response.statusCode = 404;
    if (!response.writableEnded) response.end(JSON.stringify(value));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  stop = () => new Promise((done) => server.close(() => done()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await mkdir(join(cwd, ".graft"));
  await writeFile(
    join(cwd, ".graft/host.json"),
    JSON.stringify({ url, token: "host_secret", pid: process.pid }),
  );
  return { url, calls };
}

const graft = (args: string, replies: (string | null)[] = [], env = {}) => runCli(cwd, args, replies, env);

const plan = makePlan({
  steps: [makeStep({ access: { mode: "everyone" } })],
  sql: [
    {
      ...{ module: "polls", migration: "1_init", sql: "CREATE TABLE a ();\nCREATE TABLE b ();" },
      ...{ rewritten: [], verdicts: [] },
    },
  ],
  permissions: [{ module: "polls", kind: "database", text: "Keeps its own tables" }],
});
const step = { name: "prepare", title: "Prepare", module: "polls" };
const running = makeOperation({
  status: "preparing",
  steps: [{ ...step, status: "running", ms: null }],
  generation: null,
});
const done = makeOperation({ steps: [{ ...step, status: "done", ms: 12.4 }] });
const operationHost = (end: OperationView, thePlan = plan) =>
  host({
    "POST /plans": () => thePlan,
    "POST /operations": () => running,
    "GET /operations/o1": (_, response, accept) => {
      if (accept !== "text/event-stream") return end;
      response.setHeader("content-type", "text/event-stream");
      response.end(`data: ${JSON.stringify(running)}\n\ndata: ${JSON.stringify(end)}\n\n`);
    },
  });

describe("install", () => {
  test("shows the plan, asks, applies it and prints each step with its time", async () => {
    const { calls } = await operationHost(done);
    const { status, out, err } = await graft("install polls@^1 --access groups:staff,ops", ["y"]);
    expect(status).toBe(0);
    expect(out).toContain("+ install polls 1.0.0  2.0 KB, for everyone");
    expect(out).toContain("polls 1_init 2 lines");
    expect(out).toContain("Done: Install Polls 1.0.0. Generation 5.");
    expect(err).toContain("✓ Prepare  12 ms");
    expect(calls[0]).toEqual({
      call: "POST /plans",
      authorization: "Bearer host_secret",
      body: {
        changes: [
          {
            action: "install",
            module: "polls",
            version: "^1",
            access: { mode: "groups", groups: ["staff", "ops"] },
          },
        ],
      },
    });
    expect(calls[1]?.body).toEqual({ plan: "p1" });
  });

  test("--data says what becomes of data kept from before", async () => {
    const { calls } = await operationHost(done);
    expect((await graft("install polls --data fresh --yes")).status).toBe(0);
    expect(calls[0]?.body).toEqual({ changes: [{ action: "install", module: "polls", data: "fresh" }] });
    expect((await graft("plan install polls --data delete")).status).toBe(2);
  });

  test("changes nothing after a no, or when nobody can answer", async () => {
    const { calls } = await operationHost(done);
    expect(await graft("install polls", ["n"])).toMatchObject({
      status: 1,
      err: expect.stringContaining("Nothing was changed"),
    });
    expect(await graft("install polls", [null])).toMatchObject({
      status: 2,
      err: expect.stringContaining("--yes"),
    });
    expect(calls.map(({ call }) => call)).not.toContain("POST /operations");
  });

  test("--json prints the final operation exactly and nothing else", async () => {
    await operationHost(done);
    const { status, out, err } = await graft("install polls --version ^1 --yes --json");
    expect({ status, err, answer: JSON.parse(out) }).toEqual({ status: 0, err: "", answer: done });
  });

  test.each(["reverted", "failed"] as const)(
    "an operation that ends %s is exit status 1",
    async (outcome) => {
      const error: Problem = {
        ...{ type: "about:blank", title: "MODULE_UNHEALTHY", status: 422, retryable: false },
        ...{ code: "MODULE_UNHEALTHY", detail: "it answered 503", hint: "look at its log" },
      };
      await operationHost({ ...done, status: outcome, error });
      const { status, err } = await graft("install polls --yes");
      expect(status).toBe(1);
      expect(err).toContain("MODULE_UNHEALTHY: it answered 503");
      expect(err).toContain("look at its log");
    },
  );

  test("goes on when the event stream breaks off", async () => {
    let asked = 0;
    await host({
      "POST /plans": () => plan,
      "POST /operations": () => running,
      "GET /operations/o1": (_, response) => {
        asked++;
        if (asked === 1) response.destroy();
        else if (asked === 2) response.end(`data: ${JSON.stringify(running)}\n\n`);
        else return done;
      },
    });
    expect((await graft("install polls --yes")).status).toBe(0);
  });
});

describe("uninstall", () => {
  const [step] = plan.steps;
  const deleting = {
    ...plan,
    steps: step ? [{ ...step, action: "uninstall" as const, data: "delete" as const }] : [],
  };

  test("with deletion wants the module's name typed", async () => {
    const { calls } = await operationHost(done, deleting);
    expect((await graft("uninstall polls --data delete", ["pols"])).status).toBe(1);
    expect((await graft("uninstall polls --data delete --yes")).status).toBe(2);
    expect(calls.map(({ call }) => call)).not.toContain("POST /operations");
    expect((await graft("uninstall polls --data delete", ["polls"])).status).toBe(0);
    expect((await graft("uninstall polls --data delete --yes --confirm polls --json")).status).toBe(0);
    const sent = calls.filter(({ call }) => call === "POST /operations").map(({ body }) => body);
    expect(sent).toEqual([
      { plan: "p1", confirm: ["polls"] },
      { plan: "p1", confirm: ["polls"] },
    ]);
  });
});

test("exported data is downloaded where asked", async () => {
  const kept = { module: "polls", keptDataId: "k1", bytes: 4 };
  await host({
    "POST /plans": () => plan,
    "POST /operations": () => ({ ...done, downloads: [kept] }),
    "GET /kept-data/k1/file": (_, response) => response.end("data"),
  });
  const { status, out } = await graft("uninstall polls --data export --output files --yes");
  const path = join(cwd, "files/polls-k1.ndjson.gz");
  expect(status).toBe(0);
  expect(out).toContain(`Saved ${path}`);
  expect(await readFile(path, "utf8")).toBe("data");
});

test("lists are aligned columns", async () => {
  const item = {
    name: "polls",
    version: "1.0.0",
    type: "widget",
    state: "healthy",
    access: null,
    generation: 1,
  };
  const items = [item, { ...item, name: "knowledge-graph", access: { mode: "groups", groups: ["staff"] } }];
  await host({ "GET /modules": () => ({ items, nextCursor: null }) });
  expect((await graft("list")).out.split("\n")).toEqual([
    "NAME             VERSION  TYPE    STATE    ACCESS",
    "polls            1.0.0    widget  healthy  nobody",
    "knowledge-graph  1.0.0    widget  healthy  groups: staff",
  ]);
  expect(JSON.parse((await graft("list --json")).out)).toEqual({ items, nextCursor: null });
});

test("access of a widget is read and set at its own address", async () => {
  const path = "/modules/polls/widgets/active/access";
  const { calls } = await host({
    [`PUT ${path}`]: (body) => body,
    [`GET ${path}`]: () => ({ mode: "everyone" }),
  });
  expect((await graft("access polls/active nobody")).out).toBe("polls/active: nobody");
  expect((await graft("access polls/active")).out).toBe("polls/active: everyone");
  expect(calls[0]?.body).toEqual({ mode: "nobody" });
});

test("a roll-out is held at the address of a flag, a widget or a module", async () => {
  const answer = () => ({ changeId: "c-1" });
  const { calls } = await host({
    "POST /flags/new-editor/rollout": answer,
    "POST /modules/polls/widgets/active/access/rollout": answer,
    "POST /modules/polls/access/rollout": answer,
  });
  expect((await graft("rollout hold new-editor")).out).toContain("new-editor: on hold.");
  expect((await graft("rollout continue polls/active")).out).toContain("polls/active: goes on.");
  expect((await graft("rollout advance polls --module")).out).toContain("polls: at its next step.");
  expect(calls.map(({ body }) => body)).toEqual([
    { action: "hold" },
    { action: "continue" },
    { action: "advance" },
  ]);
});

describe("errors", () => {
  test("show code, message and hint, and are status 1", async () => {
    await host({});
    expect(await graft("list")).toEqual({
      status: 1,
      out: "",
      err: "NOT_FOUND: no GET /modules\nlook elsewhere",
    });
    expect(JSON.parse((await graft("list --json")).out)).toMatchObject({ code: "NOT_FOUND" });
  });
  test.each([
    "frobnicate",
    "install",
    "install a --frob",
    "access a somebody",
    "rollout stop new-editor",
    "rollback x",
    "uninstall a --data burn",
    "install a b --version 1",
  ])("wrong use is status 2: %s", async (args) => {
    await host({});
    const { status, err } = await graft(args);
    expect(status).toBe(2);
    expect(err).not.toBe("");
  });
  test("no host is said with what to do", async () => {
    const { status, err } = await graft("list");
    expect(status).toBe(2);
    expect(err).toContain("npm start");
  });
  test("a host that is gone is said as such", async () => {
    await host({});
    await stop();
    stop = async () => {};
    expect(await graft("list")).toMatchObject({
      status: 1,
      err: expect.stringMatching(/HOST_UNREACHABLE.*ECONNREFUSED/),
    });
  });
  test("another server at the address is told apart", async () => {
    await host({ "GET /modules": (_, response) => response.writeHead(502).end("<html>") });
    expect((await graft("list")).err).toContain("NOT_GRAFT");
  });
});

test("GRAFT_URL and GRAFT_TOKEN win over the file", async () => {
  const { url, calls } = await host({ "GET /modules": () => ({ items: [], nextCursor: null }) });
  await writeFile(join(cwd, ".graft/host.json"), "{}");
  expect((await graft("list", [], { GRAFT_URL: `${url}/`, GRAFT_TOKEN: "graft_x" })).status).toBe(0);
  expect(calls[0]?.authorization).toBe("Bearer graft_x");
});

test("doctor names what is wrong and what to do", async () => {
  const health = { module: "polls", state: "failing", message: "503", latencyMs: null };
  await host({
    "GET /health": () => ({ items: [health] }),
    "GET /isolation": () => ({
      driver: "account",
      summary: "An account of its own.",
      layers: [
        { name: "processes", heldBy: "kernel", text: "It signals nobody." },
        { name: "network", heldBy: "nothing", text: "Open." },
      ],
      missing: [{ text: "No namespaces.", remedy: "Install them:\napt" }],
    }),
    "GET /healthz": () => "ok",
    "GET /readyz": () => ({}),
  });
  const { status, out } = await graft("doctor");
  expect(status).toBe(1);
  expect(out).toMatch(/✓ host/);
  expect(out).toMatch(/✓ ready/);
  expect(out).toMatch(/! isolation +An account of its own\.\n +No namespaces\. Install them:\n +apt\n/);
  expect(out).toMatch(/✓ · processes +It signals nobody\.\n! · network +Open\./);
  expect(out).toMatch(/✗ polls +failing: 503\n.*graft logs polls/);
  const { checks } = JSON.parse((await graft("doctor --json", [], { PORT: "x" })).out);
  expect(checks).toContainEqual(expect.objectContaining({ name: "settings", ok: false }));
});
