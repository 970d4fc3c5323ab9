import { expect, it } from "vitest";
import { describeApi } from "./describe-api.ts";
import { paramSchemas } from "./match-route.ts";
import { allRoutes } from "./routes/index.ts";

const document = describeApi(allRoutes, "1.2.3") as {
  openapi: string;
  paths: Record<
    string,
    Record<string, { operationId: string; parameters: { name: string; in: string }[]; responses: object }>
  >;
};

it("every row of the table is described once, under an id of its own", () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  expect(operations).toHaveLength(allRoutes.length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(allRoutes.length);
});

it("every parameter in a path has a shape that is checked and described", () => {
  for (const route of allRoutes) {
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    for (const name of names) expect(paramSchemas).toHaveProperty(name);
    const described = document.paths[route.path]?.[route.method.toLowerCase()]?.parameters ?? [];
    expect(described.filter((p) => p.in === "path").map((p) => p.name)).toEqual(names);
  }
});

it("nothing but what must be is open to everybody", () => {
  const open = allRoutes
    .filter(({ role }) => role === "public")
    .map(({ method, path }) => `${method} ${path}`);
  expect(open).toEqual([
    "GET /invites/{secret}",
    "POST /invites/{secret}",
    "GET /openapi.json",
    "GET /healthz",
    "GET /readyz",
  ]);
});

it("every call that changes something is closed to members, but for their own", () => {
  const own = allRoutes.filter(({ role, method }) => role === "member" && method !== "GET");
  expect(own.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /tokens",
    "DELETE /tokens/{id}",
    "PATCH /me",
    "PUT /me/password",
    "DELETE /me/sessions",
    "PUT /me/home",
    "DELETE /me/home",
    "POST /me/notifications/read",
    "POST /me/notifications/unread",
    "PUT /me/notification-preferences/{module}/{kind}",
    "POST /me/exposures",
    "POST /me/goals",
  ]);
});

it("bodies and answers are JSON Schema without open ends", () => {
  const text = JSON.stringify(document);
  expect(document.openapi).toBe("3.1.0");
  // As a dialect of its own; a property of that name is a flagd document's.
  expect(text).not.toContain('"$schema":"');
  expect(document.paths["/plans"]?.post).toMatchObject({
    requestBody: { content: { "application/json": { schema: { required: ["changes"] } } } },
    responses: {
      201: { content: { "application/json": { schema: { properties: { sql: { type: "array" } } } } } },
    },
  });
});
