import { join } from "node:path";
import { type RunningModule, startModule } from "@graft/sdk/testing";
import { Ajv2020 } from "ajv/dist/2020.js";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, inject } from "vitest";
import document from "../../openapi/v1.json" with { type: "json" };

let module: RunningModule;
export let database: pg.Client;

// The module of each test file that imports this, empty before each test.
beforeAll(async () => {
  module = await startModule(join(import.meta.dirname, "../.."), { postgresUrl: inject("postgresUrl") });
  database = new pg.Client({ connectionString: module.databaseUrl ?? "" });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await module.stop();
});
beforeEach(() => database.query("TRUNCATE entities, relations"));

export interface Answer {
  status: number;
  contentType: string;
  text: string;
  json<T = unknown>(): T;
}

async function send(method: string, path: string, body: unknown, accept: string): Promise<Answer> {
  const response = await module.fetch({ userId: "ada", name: "Ada" }, `/v1${path}`, {
    method,
    headers: { accept },
    ...(body === undefined ? {} : { body: body as string }),
  });
  const text = await response.text();
  const contentType = response.headers.get("content-type") ?? "";
  return { status: response.status, contentType, text, json: <T>() => JSON.parse(text) as T };
}

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ ...document, $id: "openapi" });
export const called = new Set<string>();

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, unknown> }>;
}

/** Every answer is held against the document: its status, its media type and its body. */
export async function call(
  method: string,
  path: string,
  body?: unknown,
  accept = "application/json",
): Promise<Answer> {
  const answer = await send(method, path, body, accept);
  const [pathname = ""] = path.split("?");
  const template = Object.keys(document.paths).find((known) =>
    new RegExp(`^${known.replace(/\{\w+\}/g, "[^/]+")}$`).test(pathname),
  );
  const paths = document.paths as unknown as Record<string, Record<string, Operation>>;
  const operation = paths[template ?? ""]?.[method.toLowerCase()];
  if (!template || !operation) throw new Error(`${method} ${path} is not in the document`);
  called.add(operation.operationId);
  const response = operation.responses[String(answer.status)];
  expect(response, `${method} ${path} answered ${answer.status}: ${answer.text}`).toBeDefined();
  const media = answer.contentType.split(";")[0] ?? "";
  if (!response?.content) {
    expect(answer.text).toBe("");
    return answer;
  }
  expect(Object.keys(response.content)).toContain(media);
  const pointer = [
    "paths",
    template,
    method.toLowerCase(),
    "responses",
    answer.status,
    "content",
    media,
    "schema",
  ]
    .map((part) => encodeURIComponent(String(part).replaceAll("~", "~0").replaceAll("/", "~1")))
    .join("/");
  const bodies = media === "application/x-ndjson" ? answer.text.trim().split("\n") : [answer.text];
  for (const text of bodies) {
    const valid = ajv.validate({ $ref: `openapi#/${pointer}` }, JSON.parse(text));
    expect(valid, `${method} ${path}: ${ajv.errorsText()} in ${text}`).toBe(true);
  }
  return answer;
}

export interface Entity {
  id: string;
  name: string;
  type: string;
  properties: Record<string, unknown>;
}
export interface Path {
  found: boolean;
  hops: number | null;
  entities: Entity[];
  relations: { from: string; to: string; type: string }[];
}
export type List<T> = { items: T[]; nextCursor: string | null };

export const ndjson = (lines: object[]) => lines.map((line) => JSON.stringify(line)).join("\n");
export const entity = (id: string, fields: object = {}) => ({
  kind: "entity",
  id,
  type: "thing",
  name: id,
  ...fields,
});
export const relation = (from: string, to: string, type = "knows") => ({ kind: "relation", from, type, to });
export const load = async (...lines: object[]) => {
  const answer = await call("POST", "/import", ndjson(lines));
  expect(answer.status, answer.text).toBe(200);
  return answer.json<{ entities: { created: number; updated: number }; relations: { created: number } }>();
};
/** `a>b b>c`: entities and relations between them. */
export const graph = (edges: string) => {
  const pairs = edges.split(" ").map((edge) => edge.split(">") as [string, string]);
  const ids = [...new Set(pairs.flat())];
  return load(...ids.map((id) => entity(id)), ...pairs.map(([from, to]) => relation(from, to)));
};
export const ids = (answer: Answer) => answer.json<List<Entity>>().items.map((item) => item.id);
