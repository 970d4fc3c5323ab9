import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { childEnv } from "../engine/core/testing/child-env.ts";
import { createGroup } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";

const host = serveGraft({ own: true });
const cli = join(import.meta.dirname, "../cli/graft.mjs");

interface Ran {
  status: number | null;
  out: string;
  err: string;
  /** Standard output as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not there
  json(): any;
}

/** As a person on the host's own machine: no login, the address and token come from the data directory. */
function graft(...args: string[]): Promise<Ran> {
  const env = childEnv({ GRAFT_DATA_DIR: host.graft.dataDir });
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) =>
    child.once("close", (status) => resolve({ status, out, err, json: () => JSON.parse(out) })),
  );
}

test("plan says what would change, and changes nothing", async () => {
  const plan = await graft("plan", "install", "graph-explorer", "--json");
  expect(plan.status).toBe(0);
  expect(plan.json().steps.map((step: { module: string }) => step.module)).toEqual([
    "knowledge-graph",
    "graph-explorer",
  ]);
  expect(plan.json().sql.length).toBeGreaterThan(0);
  expect((await graft("list", "--json")).json().items).toEqual([]);
});

test("install --yes --json installs what is needed too, and the API answers afterwards", async () => {
  const ran = await graft("install", "graph-explorer", "--yes", "--json");
  expect(ran.err).toBe("");
  expect(ran.status).toBe(0);
  expect(ran.json()).toMatchObject({ status: "succeeded", generation: 1 });
  const list = (await graft("list", "--json")).json();
  expect(list.items.map((item: { name: string; state: string }) => [item.name, item.state]).sort()).toEqual([
    ["graph-explorer", "healthy"],
    ["knowledge-graph", "healthy"],
  ]);
  const answer = await host.api.call("GET", "/api/v1/knowledge-graph/entities");
  expect(answer.status).toBe(200);
  expect(answer.body.items).toEqual([]);
});

test("access shows and sets who gets a module", async () => {
  await createGroup(host.graft, "Staff");
  expect((await graft("access", "graph-explorer", "--json")).json().mode).toBeDefined();
  const set = await graft("access", "graph-explorer", "groups:staff", "--json");
  expect(set.status).toBe(0);
  expect((await graft("access", "graph-explorer", "--json")).json()).toEqual({
    mode: "groups",
    groups: ["staff"],
  });
});

test("status 1 is a refusal by the host, with its problem as JSON", async () => {
  const again = await graft("install", "graph-explorer", "--yes", "--json");
  expect(again.status).toBe(1);
  expect(again.json().code).toBe("MODULE_ALREADY_INSTALLED");
  const unknown = await graft("install", "no-such-module", "--yes");
  expect(unknown.status).toBe(1);
  expect(unknown.err).toContain("MODULE_NOT_IN_CATALOG");
  const needed = await graft("uninstall", "knowledge-graph", "--yes", "--json");
  expect(needed.status).toBe(1);
  expect(needed.json().code).toBe("MODULE_NEEDED");
});

test("status 2 is wrong use, and nothing happens", async () => {
  for (const args of [
    ["install"],
    ["no-such-command"],
    ["uninstall", "graph-explorer", "--data", "burn", "--yes"],
    ["install", "polls", "--json"],
    ["uninstall", "knowledge-graph", "graph-explorer", "--data", "delete", "--yes"],
    ["access", "graph-explorer", "somebody"],
  ]) {
    const ran = await graft(...args);
    expect({ args, status: ran.status }).toEqual({ args, status: 2 });
    expect(ran.err).not.toBe("");
  }
  expect((await graft("list", "--json")).json().items).toHaveLength(2);
});

test("uninstall --data delete with its confirmation leaves nothing", async () => {
  const ran = await graft(
    ...["uninstall", "graph-explorer", "knowledge-graph", "--data", "delete", "--yes", "--json"],
    ...["--confirm", "graph-explorer", "knowledge-graph"],
  );
  expect(ran.err).toBe("");
  expect({ status: ran.status, operation: ran.json().status }).toEqual({ status: 0, operation: "succeeded" });
  expect((await graft("list", "--json")).json().items).toEqual([]);
  expect((await host.api.call("GET", "/api/v1/knowledge-graph/entities")).status).toBe(404);
});

test("rollback goes to a generation, and without a host the message says where to look", async () => {
  const back = await graft("rollback", "1", "--yes", "--json");
  expect({ status: back.status, operation: back.json().status }).toEqual({
    status: 0,
    operation: "succeeded",
  });
  expect((await graft("list", "--json")).json().items).toHaveLength(2);
  await host.graft.stop();
  const alone = await graft("list");
  expect(alone.status).not.toBe(0);
  expect(alone.err).toMatch(/GRAFT_URL|running|npm start/);
});
