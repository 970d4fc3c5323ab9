import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMatcher } from "../engine/edge/api/match-route.ts";
import { allRoutes } from "../engine/edge/api/routes/index.ts";
import { actionRoutes, commandLines, notOnTheCommandLine } from "./testing/parity.ts";
import { runCli } from "./testing/run-cli.ts";
import { sample } from "./testing/sample.ts";

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const routes: Map<string, (typeof allRoutes)[number]> = new Map(
  allRoutes.map((route) => [nameOf(route), route]),
);

describe("what the browser does", () => {
  const components = join(import.meta.dirname, "../components");
  const actions: Map<string, string> = new Map(
    readdirSync(components, { recursive: true, encoding: "utf8" })
      .filter((file) => /(^|[/-])actions\.ts$/.test(file))
      .flatMap((file) => {
        const source = readFileSync(join(components, file), "utf8");
        const found = source.matchAll(
          /^export const (\w+) = (member|operator|administrator|public)Action\b/gm,
        );
        return [...found].map(([, name = "", role = ""]) => [`${file.split("/")[0]}/${name}`, role] as const);
      }),
  );

  test("has its address in the API, or a reason why not, action by action", () => {
    expect([...actions.keys()].sort()).toEqual(Object.keys(actionRoutes).sort());
    for (const [action, route] of Object.entries(actionRoutes))
      if (typeof route === "string") expect(routes.has(route), `${action}: ${route}`).toBe(true);
      else expect(route.why).toMatch(/\w{3}.*\.$/);
  });

  test("asks for the same role in the browser and in the API", () => {
    for (const [action, route] of Object.entries(actionRoutes))
      if (typeof route === "string")
        expect([action, actions.get(action)]).toEqual([action, routes.get(route)?.role]);
  });
});

describe("what the API does", () => {
  const match = createMatcher(allRoutes);
  const called = new Set<string>();
  let cwd = "";
  let env = {};
  const server = createServer(
    (request, response) =>
      void answer(request, response).catch((error) => {
        response.statusCode = 400;
        response.end(JSON.stringify({ status: 400, code: "INVALID_INPUT", detail: String(error) }));
      }),
  );

  /** As the contract has it: a body that its schema refuses is an error, and the answer is made from its schema. */
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", "http://localhost");
    const found = match(request.method ?? "", url.pathname.replace("/api/v1/graft", ""));
    if (found?.kind !== "found") throw new Error(`nothing at ${request.method} ${url.pathname}`);
    const { route } = found;
    const sent = await text(request);
    route.query?.parse(Object.fromEntries(url.searchParams));
    if (route.body !== undefined) route.body.parse(JSON.parse(sent));
    else if (!route.upload) expect(sent).toBe("");
    called.add(nameOf(route));
    response.statusCode = route.status;
    if (route.status === 204) response.end();
    else if (route.answer === undefined && route.events === undefined) response.end("bytes");
    else response.end(JSON.stringify(route.answer === undefined ? null : sample(route.answer)));
  }

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), "graft-parity-"));
    const flag = { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: "off" };
    const files = {
      "flag.json": flag,
      "flags.json": { flags: { new: flag } },
      "rules.json": { if: [true, "given", "withheld"] },
      "home.json": [{ id: "a", widget: "polls/open", x: 0, y: 0, w: 6, h: 2 }],
      "config.json": { key: "x" },
      "experiment.json": {
        ...{ title: "Bigger", flagKey: "new", goals: [{ module: "polls", goal: "voted" }] },
        variants: [
          { variant: "off", weight: 1 },
          { variant: "on", weight: 1 },
        ],
      },
    };
    for (const [name, value] of Object.entries(files))
      await writeFile(join(cwd, name), JSON.stringify(value));
    await writeFile(join(cwd, "password"), "violet harbour lantern\n");
    await writeFile(join(cwd, "polls.graft"), "bytes");
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    env = { GRAFT_URL: `http://127.0.0.1:${port}`, GRAFT_TOKEN: "t" };
  });
  afterAll(async () => {
    server.close();
    await rm(cwd, { recursive: true });
  });

  test.each(Object.entries<string>(commandLines))("%s is `graft %s`", async (route: string, line: string) => {
    called.clear();
    const { status, out, err } = await runCli(cwd, line, [], env);
    expect([status, err, [...called]]).toEqual([0, expect.any(String), expect.arrayContaining([route])]);
    expect(out).not.toMatch(/undefined|\[object|NaN/);
  });

  test("is all on the command line, or has a reason why not", () => {
    const named = [...Object.keys(commandLines), ...Object.keys(notOnTheCommandLine)];
    expect(named.sort()).toEqual([...routes.keys()].sort());
    for (const why of Object.values(notOnTheCommandLine)) expect(why).toMatch(/\w{3}.*\.$/);
  });
});
