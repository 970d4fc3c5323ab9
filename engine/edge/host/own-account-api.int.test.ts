import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "./testing/start-test-host.ts";

let database: TestDatabase;
let host: TestHost;
let hostToken: string;
beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  hostToken = JSON.parse(await readFile(`${host.dataDir}/host.json`, "utf8")).token;
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

async function call(method: string, path: string, body?: unknown, token = hostToken) {
  const answer = await fetch(`${host.url}/api/v1/graft/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
}

test("the host's own token makes the first administrator, and no second", async () => {
  const first = { name: "Ada", email: "ada@example.org", password: "violet harbour lantern" };
  const weak = await call("POST", "setup", { ...first, password: "passwordpassword" });
  expect(weak.body.code).toBe("PASSWORD_TOO_WEAK");
  const made = await call("POST", "setup", first);
  expect([made.status, made.body.role, made.body.status]).toEqual([201, "administrator", "active"]);
  const second = await call("POST", "setup", { ...first, email: "eve@example.org" });
  expect([second.status, second.body.code]).toEqual([409, "SETUP_DONE"]);
});

test("one's own password is changed with the current one, and what belongs to nobody is refused", async () => {
  const [ada] = (await call("GET", "users")).body.items;
  const { secret } = (await call("POST", "tokens", { name: "own", userId: ada.id })).body;
  const wrong = { current: "violet lantern", password: "seven boats on a lake" };
  const refused = await call("PUT", "me/password", wrong, secret);
  expect([refused.status, Object.keys(refused.body.details.fieldErrors)]).toEqual([400, ["current"]]);
  const right = { ...wrong, current: "violet harbour lantern" };
  expect((await call("GET", `users/${ada.id}/home`, undefined, secret)).body.source).toBe("generated");
  expect((await call("PUT", "me/password", right, secret)).status).toBe(204);
  // It ends whatever else lets in, and signing out everywhere does.
  expect((await call("DELETE", "me/sessions", undefined, secret)).status).toBe(401);
  const next = (await call("POST", "tokens", { name: "own", userId: ada.id })).body.secret;
  expect((await call("DELETE", "me/sessions", undefined, next)).status).toBe(204);
  expect((await call("GET", "me/home", undefined, next)).status).toBe(401);
  for (const [method, path, body] of [
    ["PUT", "me/password", right],
    ["DELETE", "me/sessions", undefined],
    ["GET", "me/home", undefined],
  ] as const)
    expect((await call(method, path, body)).body.code, path).toBe("FORBIDDEN");
});
