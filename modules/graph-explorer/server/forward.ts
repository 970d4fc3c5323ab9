import { type Context, reply } from "@graft/sdk/server";
import { sampleGraph } from "./sample-graph.ts";

const graph = "knowledge-graph";

/** Passes the request on to the same path of the knowledge graph, and its answer back. */
export async function forward({ request, call, bytes }: Context) {
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
  const body = method === "POST" || method === "PATCH" ? await bytes() : undefined;
  const answer = await call(graph, request.url ?? "/v1", {
    method,
    ...(body ? { body, headers: { "content-type": "application/json" } } : {}),
  });
  return passBack(answer);
}

/** Imports the sample, once or again: its ids are fixed, so that repeating changes nothing. */
export async function loadSample({ call }: Context) {
  const body = sampleGraph()
    .map((line) => JSON.stringify(line))
    .join("\n");
  const headers = { "content-type": "application/x-ndjson", accept: "application/json" };
  return passBack(await call(graph, "/v1/import", { method: "POST", body, headers }));
}

async function passBack(answer: Response) {
  const body = Buffer.from(await answer.arrayBuffer());
  const type = answer.headers.get("content-type");
  // A body that is not there must stay so: 204 has no content type either.
  return body.length === 0
    ? reply(answer.status)
    : reply(answer.status, body, { "content-type": type ?? "application/json" });
}
