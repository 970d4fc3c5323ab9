import { z } from "zod";
import { liveView, readyView } from "../../../../contract/meta.ts";
import { definePublicRoute, reply } from "../define-route.ts";
import { describeApi } from "../describe-api.ts";
import type { Route } from "../types.ts";

/** What the API says about itself and the host; `routes` is asked for when the description is first wanted. */
export function metaRoutes(routes: () => readonly Route[]): Route[] {
  let description: unknown;
  return [
    definePublicRoute("GET", "/openapi.json", {
      summary: "This description, OpenAPI 3.1",
      answer: z.unknown(),
      handle({ engine }) {
        description ??= describeApi(routes(), engine.version);
        return description;
      },
    }),
    definePublicRoute("GET", "/healthz", {
      summary: "The process lives",
      answer: liveView,
      handle: ({ engine }) => ({ status: "ok", version: engine.version }),
    }),
    definePublicRoute("GET", "/readyz", {
      summary: "The host can serve; 503 with the reasons when not",
      answer: readyView,
      async handle({ engine }) {
        const state = await engine.ready();
        return reply(state.ready ? 200 : 503, state);
      },
    }),
  ];
}
