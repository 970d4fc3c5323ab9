import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { PlanConfig, PlanView } from "../contract/plan.ts";
import { makePlan, makeStep } from "./testing/make-views.ts";
import { runCli } from "./testing/run-cli.ts";

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const end of cleanUp.splice(0)) end();
});

const schema = {
  $defs: { port: { type: "integer" } },
  type: "object",
  properties: {
    apiKey: { type: "string", format: "secret" },
    port: { type: "string" },
    limit: { type: ["integer", "null"] },
    open: { type: "boolean" },
    level: { enum: [1, 2] },
    days: { type: "array", items: { type: "string" } },
    smtp: { type: "object", properties: { host: { type: "string" }, port: { $ref: "#/$defs/port" } } },
    labels: { type: "object", additionalProperties: { type: "string" } },
  },
};
const config: PlanConfig = {
  ...{ schema, values: {}, missing: [{ key: "apiKey", problem: "is missing" }] },
  changes: [
    { key: "old", change: "removed", from: true, to: null, reason: null },
    { key: "tone", change: "reset", from: "loud", to: "dry", reason: "must be one of dry" },
  ],
};
const polls = makeStep({ config });
const helper = makeStep({ ...{ module: "helper", title: "Helper", neededBy: "polls", to: "2.0.0" }, config });
const asked = [{ action: "install" as const, module: "polls" }];

/** @returns what the command printed, and the bodies of the plans it asked for */
async function graft(args: string, steps = [polls], changes: PlanView["changes"] = asked) {
  const bodies: unknown[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    bodies.push(JSON.parse(text));
    response.end(JSON.stringify(makePlan({ steps, changes })));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const cwd = mkdtempSync(join(tmpdir(), "graft-cli-settings-"));
  writeFileSync(join(cwd, "one.json"), '{ "apiKey": "k", "limit": 3 }');
  writeFileSync(join(cwd, "many.json"), '{ "helper": { "apiKey": "k" } }');
  cleanUp.push(
    () => void server.close(),
    () => rmSync(cwd, { recursive: true }),
  );
  const env = { GRAFT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, GRAFT_TOKEN: "t" };
  return { ...(await runCli(cwd, args, [], env)), bodies };
}

test("each setting is read as its type wants it", async () => {
  const sets = ["apiKey=k=1", "port=8080", "limit=3", "open=true", "level=2", 'days=["mon"]', "smtp.host=h"];
  const more = ["smtp.port=587", "labels.a=b"];
  const { bodies } = await graft(
    `plan install polls ${[...sets, ...more].map((set) => `--set ${set}`).join(" ")}`,
  );
  const given = {
    ...{ apiKey: "k=1", port: "8080", limit: 3, open: true, level: 2, days: ["mon"] },
    ...{ smtp: { host: "h", port: 587 }, labels: { a: "b" } },
  };
  expect(bodies[0]).toEqual({ changes: asked });
  expect(bodies[1]).toEqual({ changes: [{ ...asked[0], config: given }], from: makePlan().id });
});

test("a file is of the one module, or by module; another one is brought into the plan with its settings", async () => {
  expect((await graft("plan install polls --settings one.json")).bodies[1]).toMatchObject({
    changes: [{ module: "polls", config: { apiKey: "k", limit: 3 } }],
  });
  const brought = {
    changes: [...asked, { action: "install", module: "helper", version: "=2.0.0", config: { apiKey: "k" } }],
  };
  expect((await graft("plan install polls --settings many.json", [polls, helper])).bodies[1]).toMatchObject(
    brought,
  );
  expect((await graft("plan install polls --set helper:apiKey=k", [polls, helper])).bodies[1]).toMatchObject(
    brought,
  );
});

test("going back gives settings by module", async () => {
  const back = [{ action: "rollback" as const, generation: 4 }];
  const { bodies } = await graft("plan rollback 4 --set apiKey=k", [polls], back);
  expect(bodies[1]).toMatchObject({ changes: [{ ...back[0], config: { polls: { apiKey: "k" } } }] });
});

test.each([
  ["--set apikey=k", "polls 1.0.0 has no setting apikey", "It has apiKey, port"],
  ["--set smtp.hots=h", "has no setting smtp.hots", "It has"],
  ["--set nonsense", '"nonsense" is not KEY=VALUE', ""],
  ["--settings none.json", "none.json cannot be read (ENOENT)", ""],
])("what cannot be meant is status 2: %s", async (args, message, hint) => {
  const { status, err } = await graft(`plan install polls ${args}`);
  expect(status).toBe(2);
  expect(err).toContain(message);
  expect(err).toContain(hint);
});

test("the plan says what becomes of settings; with one missing nothing is applied, and it is said how to give it", async () => {
  const { status, out, err } = await graft("install polls --yes");
  expect(status).toBe(2);
  expect(out).toContain("polls old: no setting of this version; true is kept for one that has it");
  expect(out).toContain('polls tone: "loud" must be one of dry: "dry", the default, is in its place');
  expect(out).toContain("polls apiKey: is missing");
  expect(err).toContain("--set apiKey=VALUE");
});
