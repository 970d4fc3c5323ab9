import { setTimeout as sleep } from "node:timers/promises";
import { defineModule, events, problem, reply } from "@graft/sdk/server";
import * as z from "zod/mini";

async function* count(signal: AbortSignal) {
  for (let i = 0; !signal.aborted; i++) {
    yield i;
    await sleep(20, undefined, { signal }).catch(() => {});
  }
}

export default defineModule({
  setup({ config }) {
    if (config.fail) throw new Error("the setup does not like its configuration");
    return { greeting: String(config.greeting ?? "Hello") };
  },
  bodyLimitBytes: 1000,
  health() {
    if (process.env.PROBE_SICK) throw new Error("the queue is stuck");
    return { status: "ok", queue: 0 };
  },
  routes: {
    "GET /v1/hello": ({ state, identity, query }) => ({
      text: `${state.greeting}, ${query.get("name") ?? identity.name}`,
    }),
    "GET /v1/items/:id": ({ params }) => params,
    "GET /v1/items/latest": () => ({ id: "the fixed one" }),
    "POST /v1/items": async ({ json }) =>
      reply(201, await json(z.object({ name: z.string() })), { "x-kept": "yes" }),
    "DELETE /v1/items/:id": () => undefined,
    "GET /v1/response": () =>
      new Response("<b>hi</b>", { status: 418, headers: { "content-type": "text/html" } }),
    "GET /v1/events": ({ signal }) => events(count(signal)),
    "GET /v1/slow": async () => {
      await sleep(300);
      return { done: true };
    },
    "GET /v1/refused": () => {
      throw problem(409, "Not now.", { code: "NOT_NOW", details: { until: "tomorrow" } });
    },
    "GET /v1/broken": () => {
      throw new Error("password=hunter2");
    },
    "GET /v1/call": ({ call, query }) => call("other", query.get("path") ?? "/v1/things"),
  },
});
