import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { KeptDataView } from "../../contract/kept-data.ts";
import { makeOperation, makePlan } from "../testing/make-views.ts";
import { runCli } from "../testing/run-cli.ts";

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const end of cleanUp.splice(0)) end();
});

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
  const cwd = mkdtempSync(join(tmpdir(), "graft-cli-data-"));
  cleanUp.push(
    () => void server.close(),
    () => rmSync(cwd, { recursive: true }),
  );
  const env = {
    GRAFT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    GRAFT_TOKEN: "t",
  };
  return { ...(await runCli(cwd, args, replies, env)), calls, cwd };
}

const snapshot: KeptDataView = {
  ...{ id: "s1", module: "polls", version: "1.0.0", kind: "snapshot", tables: 2, rows: 7, bytes: 2048 },
  ...{ createdAt: "2026-01-31T12:00:00.000Z", reason: "Before upgrade to 2.0.0", stands: false },
};
const items = [snapshot, { ...snapshot, id: "k1", kind: "kept", reason: null }];
const list = { "GET /kept-data": { items, nextCursor: null } };

test("lists what there is, with its size and why it was taken", async () => {
  const { out } = await graft("data list", list);
  expect(out).toMatch(/ID +MODULE +VERSION +KIND +ROWS +SIZE +SINCE +WHY TAKEN/);
  expect(out).toMatch(/s1 +polls +1\.0\.0 +snapshot +7 +2\.0 KB .* Before upgrade to 2\.0\.0/);
  expect(out).toMatch(/k1 +polls +1\.0\.0 +kept .* –$/);
  expect(JSON.parse((await graft("data list --json", list)).out).items).toEqual(items);
});

test("a snapshot is restored as a plan like any other", async () => {
  const plan = makePlan();
  const done = makeOperation({ title: "Restore the data of Polls" });
  const answers = { "POST /plans": plan, "POST /operations": done, "GET /operations/o1": done };
  const body = { changes: [{ action: "restore", snapshot: "s1" }] };
  const shown = await graft("plan restore s1 --json", answers);
  expect(shown.calls).toEqual([{ call: "POST /plans", body }]);
  const refused = await graft("data restore s1", answers, ["n"]);
  expect([refused.status, refused.calls.length]).toEqual([1, 1]);
  const { status, out, calls } = await graft("data restore s1 --yes", answers);
  expect(status).toBe(0);
  expect(out).toContain("Done: Restore the data of Polls. Generation 5.");
  expect(calls.slice(0, 2)).toEqual([
    { call: "POST /plans", body },
    { call: "POST /operations", body: { plan: "p1" } },
  ]);
});

test("a file is downloaded whole, and over none that is there", async () => {
  const { status, cwd, out } = await graft("data export s1 a.graft", { "GET /kept-data/s1/file": "bytes" });
  expect([status, readFileSync(join(cwd, "a.graft"), "utf8")]).toEqual([0, '"bytes"']);
  expect(out).toContain("a.graft: 7 B.");
  const gone = await graft("data export s2 b.graft", {});
  expect([gone.status, existsSync(join(gone.cwd, "b.graft"))]).toEqual([1, false]);
});

test("deleting asks for the module's name", async () => {
  const answers = { ...list, "DELETE /kept-data/s1": {} };
  const deleted = async (args: string, replies: string[] = []) => {
    const { status, calls } = await graft(args, answers, replies);
    return [status, calls.some(({ call }) => call === "DELETE /kept-data/s1")];
  };
  expect(await deleted("data delete s1", ["poll"])).toEqual([1, false]);
  expect(await deleted("data delete s1")).toEqual([2, false]);
  expect(await deleted("data delete s1", ["polls"])).toEqual([0, true]);
  expect(await deleted("data delete s1 --yes --json")).toEqual([0, true]);
});

test("retention is shown; set, it says what goes and asks", async () => {
  const policy = { snapshotsPerModule: 5, snapshotDays: null, keptDays: 30 };
  const wanted = { ...policy, snapshotDays: 90 };
  const gone = { items: [snapshot], bytes: 2048 };
  const answers = {
    "GET /kept-data/retention": policy,
    "POST /kept-data/retention/preview": gone,
    "PUT /kept-data/retention": { policy: wanted, removed: gone },
  };
  expect((await graft("data retention", answers)).out.split("\n")).toEqual([
    "Snapshots: the newest 5 of each module, for ever.",
    "Kept data and exports: for 30 days.",
  ]);
  const asked = await graft("data retention --snapshot-days 90", answers, ["n"]);
  expect(asked.err).toContain("This deletes 1 item, 2.0 KB, for good.");
  expect([asked.status, asked.calls.at(-1)?.call]).toEqual([1, "POST /kept-data/retention/preview"]);
  expect((await graft("data retention --snapshot-days 90 --json", answers)).status).toBe(2);
  const saved = await graft("data retention --snapshot-days 90 --yes", answers);
  expect(saved.calls.at(-1)).toEqual({ call: "PUT /kept-data/retention", body: wanted });
  expect(saved.out).toContain("Deleted 1 item, 2.0 KB.");
  const forever = await graft("data retention --kept-days forever --yes --json", answers);
  expect(forever.calls.at(-1)?.body).toEqual({ ...policy, keptDays: null });
  expect((await graft("data retention --snapshots many", answers)).status).toBe(2);
});
