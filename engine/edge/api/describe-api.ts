import { z } from "zod";
import { problem } from "../../../contract/problem.ts";
import { paramSchemas } from "./match-route.ts";
import type { Route } from "./types.ts";

type JsonObject = Record<string, unknown>;

/** The route table as an OpenAPI 3.1 document. */
export function describeApi(routes: readonly Route[], version: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const route of routes) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = describeRoute(route);
    paths[route.path] = path;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Graft",
      version,
      description:
        "Lists are `{ items, nextCursor }`. Errors are problem details (RFC 9457) with `code`. A session cookie may " +
        "write only from Graft's own pages; elsewhere send a token. What `GET` answers has an `ETag`; sent back as " +
        "`If-None-Match` it makes the answer 304 while nothing changed.",
    },
    servers: [{ url: "/api/v1/graft" }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "`graft_…`, from your account" },
        session: { type: "apiKey", in: "cookie", name: "graft-session" },
      },
      schemas: { Problem: toSchema(problem, "output") },
      responses: {
        Problem: {
          description: "Refused or failed; `code` says why",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
    },
  };
}

function describeRoute(route: Route): JsonObject {
  const [first = ""] = route.path.split("/").slice(1);
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [first],
    description: route.role === "public" ? "Needs no sign-in." : `Needs the role ${route.role}.`,
    security: route.role === "public" ? [] : [{ token: [] }, { session: [] }],
    parameters: [...pathParameters(route.path), ...queryParameters(route.query)],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { "application/json": { schema: toSchema(route.body, "input") } },
          },
        }),
    ...(route.upload ? { requestBody: { required: true, content: { "application/octet-stream": {} } } } : {}),
    responses: { [route.status]: describeAnswer(route), default: { $ref: "#/components/responses/Problem" } },
  };
}

function describeAnswer(route: Route): JsonObject {
  if (route.status === 204) return { description: "Done" };
  const content: JsonObject = {};
  if (route.answer !== undefined) content["application/json"] = { schema: toSchema(route.answer, "output") };
  else if (route.events === undefined) content["application/gzip"] = {};
  if (route.events !== undefined) content["text/event-stream"] = describeEvents(route.events);
  return { description: route.summary, content };
}

/** OpenAPI 3.1 has no word for what the events of a stream hold. */
function describeEvents(events: Record<string, z.ZodType>): JsonObject {
  const data = Object.entries(events).map(([name, schema]) => [name, toSchema(schema, "output")]);
  return { schema: { type: "string" }, "x-event-data": Object.fromEntries(data) };
}

function pathParameters(path: string): JsonObject[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => {
    const schema = paramSchemas[name];
    return {
      name,
      in: "path",
      required: true,
      schema: schema === undefined ? { type: "string" } : toSchema(schema, "input"),
    };
  });
}

function queryParameters(query: z.ZodType | undefined): JsonObject[] {
  if (query === undefined) return [];
  const { properties = {} } = toSchema(query, "output") as { properties?: Record<string, JsonObject> };
  const { required = [] } = toSchema(query, "input") as { required?: string[] };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

/** `GET /modules/{module}/access` becomes `getModulesModuleAccess`. */
function operationId({ method, path }: Route): string {
  const words = path.split(/[^a-z]+/i).filter((word) => word !== "");
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function toSchema(schema: z.ZodType, io: "input" | "output"): JsonObject {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
