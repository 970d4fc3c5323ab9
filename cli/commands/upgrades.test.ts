import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { run } from "../main.ts";
import { makeOperation, makePlan } from "../testing/make-views.ts";

let stop = () => {};
afterEach(() => stop());

/** Runs one command against a host that answers these, over real HTTP. */
async function graft(args: string, answers: Record<string, unknown>, replies: string[] = []) {
  const calls: { call: string; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const call = `${request.method} ${request.url?.replace("/api/v1/graft", "")}`;
    calls.push({ call, body: text === "" ? undefined : JSON.parse(text) });
    response.statusCode = call in answers ? 200 : 404;
    response.end(JSON.stringify(answers[call] ?? { status: 404, code: "NOT_FOUND", detail: `no ${call}` }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  stop = () => void server.close();
  const said: string[] = [];
  const status = await run(args.split(" "), {
    env: { GRAFT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, GRAFT_TOKEN: "t" },
    terminal: {
      out: (line) => void said.push(line),
      err: (line) => void said.push(line),
      ask: async () => replies.shift() ?? null,
      style: (_, text) => text,
    },
  });
  return { status, said: said.join("\n"), calls };
}

const plan = makePlan({
  permissionChanges: [
    { module: "feed", kind: "network", text: "Connects to b.example.", change: "added", consent: true },
    { module: "feed", kind: "network", text: "Connects to a.example.", change: "removed", consent: false },
  ],
  leftOut: [{ module: "polls", title: "Polls", from: "1.0.0", to: "2.0.0", reason: "Quiz needs polls ^1." }],
});
const done = makeOperation({ title: "Upgrade" });
const applying = { "POST /upgrades": plan, "POST /operations": done, "GET /operations/o1": done };

test("upgrade --all shows what changes and what is left out, and sends the consent that was given", async () => {
  const { status, said, calls } = await graft("upgrade --all", applying, ["y", "y"]);
  expect(status).toBe(0);
  expect(said).toContain("feed: new: Connects to b.example.");
  expect(said).toContain("feed: no longer: Connects to a.example.");
  expect(said).toContain("polls 1.0.0 → 2.0.0: Quiz needs polls ^1.");
  expect(calls.find(({ call }) => call === "POST /operations")?.body).toEqual({
    plan: "p1",
    consent: ["feed"],
  });
});

test("--yes alone does not accept new permissions; --accept-permissions does", async () => {
  const refused = await graft("upgrade --all --yes", applying);
  expect(refused.status).toBe(2);
  expect(refused.said).toContain("--accept-permissions");
  expect(refused.calls.map(({ call }) => call)).not.toContain("POST /operations");
  stop();
  const accepted = await graft("upgrade --all --yes --accept-permissions", applying);
  expect(accepted.status).toBe(0);
  expect(accepted.calls.map(({ call }) => call)).toContain("POST /operations");
});

test.each(["upgrade", "upgrade --all polls"])("%s is wrong use", async (args) => {
  expect((await graft(args, {})).status).toBe(2);
});

const policy = {
  ...{ enabled: false, level: "patch", days: ["sat"], from: "02:00", to: "05:00", timeZone: "UTC" },
  ...{ excluded: ["polls"], revision: 3, open: null, next: null },
};
const path = "/upgrades/automatic";

test("auto-upgrade set changes what is given and keeps the rest", async () => {
  const { status, calls } = await graft("auto-upgrade set --days Monday,fri --zone Europe/Vienna", {
    [`GET ${path}`]: policy,
    [`PUT ${path}`]: policy,
  });
  expect(status).toBe(0);
  expect(calls[1]?.body).toEqual({
    ...{ enabled: true, level: "patch", days: ["mon", "fri"], from: "02:00", to: "05:00" },
    ...{ timeZone: "Europe/Vienna", revision: 3 },
  });
});

test("outdated and runs are told in lines", async () => {
  const items = [{ module: "feed", from: "1.0.0", to: "1.1.0", level: "minor", excluded: true }];
  expect((await graft("outdated", { "GET /upgrades": { items } })).said).toMatch(
    /feed +1\.0\.0 +1\.1\.0 +minor +off/,
  );
  stop();
  const runs = {
    items: [
      {
        startedAt: "2026-01-01T02:00:00Z",
        finishedAt: null,
        items: [{ ...items[0], outcome: "left-out", reason: "No." }],
      },
    ],
  };
  const { said } = await graft("auto-upgrade runs", { [`GET ${path}/runs`]: runs });
  expect(said).toContain("left-out feed 1.0.0 → 1.1.0: No.");
});
