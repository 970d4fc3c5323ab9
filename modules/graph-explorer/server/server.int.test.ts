import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningModule, startModule } from "@graft/sdk/testing";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

const ada = { userId: "ada", name: "Ada" };
const token = "module-token";
const modules = join(import.meta.dirname, "../..");
const dir = mkdtempSync(join(tmpdir(), "graft-explorer-"));
const calls: { url: string; authorization: string | undefined; onBehalf: boolean }[] = [];
let graph: RunningModule;
let explorer: RunningModule;
let host: Server;

beforeAll(async () => {
  graph = await startModule(join(modules, "knowledge-graph"), { postgresUrl: inject("postgresUrl") });
  // What the host does between two modules: checks the caller's token, then asks the other in the user's name.
  host = createServer(async (request, response) => {
    const { authorization, "graft-on-behalf": onBehalf } = request.headers;
    calls.push({ url: request.url ?? "", authorization, onBehalf: onBehalf !== undefined });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const path = (request.url ?? "").replace("/api/v1/knowledge-graph", "/v1");
    const { accept, "content-type": type } = request.headers;
    const answer = await graph.fetch(ada, path, {
      method: request.method ?? "GET",
      headers: { ...(accept ? { accept } : {}), ...(type ? { "content-type": type } : {}) },
      ...(body.length > 0 ? { body } : {}),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((done) => host.listen(join(dir, "host.sock"), done));
  const env = { GRAFT_HOST_SOCKET: join(dir, "host.sock"), GRAFT_TOKEN: token };
  explorer = await startModule(join(modules, "graph-explorer"), { env });
});
afterAll(async () => {
  await explorer.stop();
  await new Promise((done) => host.close(done));
  await graph.stop();
  rmSync(dir, { recursive: true, force: true });
});

const ask = async (method: string, path: string, body?: object) => {
  const answer = await explorer.fetch(ada, `/v1${path}`, { method, ...(body ? { body } : {}) });
  const text = await answer.text();
  return {
    status: answer.status,
    type: answer.headers.get("content-type"),
    body: text ? JSON.parse(text) : null,
  };
};

test("everything is asked of the knowledge graph in the user's name", async () => {
  await ask("GET", "/entities?query=ada%20l&limit=5");
  expect(calls.at(-1)).toEqual({
    url: "/api/v1/knowledge-graph/entities?query=ada%20l&limit=5",
    authorization: `Bearer ${token}`,
    onBehalf: true,
  });
  expect((await explorer.fetch(null, "/v1/entities")).status).toBe(401);
});

test("the sample is loaded whole, and again without doubling it", async () => {
  for (const created of [61, 0]) {
    const { status, body } = await ask("POST", "/sample");
    expect(status).toBe(200);
    expect(body.entities.created).toBe(created);
  }
  const { body } = await ask("GET", "/stats");
  expect(body).toMatchObject({ entities: 61, relations: 89 });
  expect(body.entityTypes.map(({ type }: { type: string }) => type)).toContain("person");
});

test("the sample hangs together: any two of it are connected", async () => {
  const { body } = await ask("GET", "/entities?limit=100");
  for (const { id } of body.items) {
    const path = await ask("GET", `/paths?from=ada-lovelace&to=${encodeURIComponent(id)}&maxHops=12`);
    expect(path.body.found, id).toBe(true);
  }
});

test("entities and relations are created, changed and deleted through it", async () => {
  const { status, body } = await ask("POST", "/entities", { type: "person", name: "Radia Perlman" });
  expect(status).toBe(201);
  const relation = await ask("POST", "/relations", { from: body.id, type: "studied at", to: "mit" });
  expect(relation.status).toBe(201);
  expect((await ask("PATCH", `/entities/${body.id}`, { name: "Radia J. Perlman" })).body.name).toBe(
    "Radia J. Perlman",
  );
  expect((await ask("GET", `/entities/${body.id}/neighbours`)).body.neighbours).toHaveLength(1);
  expect((await ask("PATCH", `/relations/${relation.body.id}`, { type: "learned at" })).body.type).toBe(
    "learned at",
  );
  expect(await ask("DELETE", `/relations/${relation.body.id}`)).toEqual({
    status: 204,
    type: null,
    body: null,
  });
  expect((await ask("DELETE", `/entities/${body.id}`)).status).toBe(204);
});

test("a refusal of the knowledge graph is passed on as it is", async () => {
  const missing = await ask("GET", "/entities/nobody");
  expect(missing).toMatchObject({ status: 404, type: expect.stringContaining("application/problem+json") });
  expect(missing.body.detail).toBe("There is no entity nobody.");
  expect((await ask("POST", "/entities", { name: "x" })).status).toBe(422);
});
