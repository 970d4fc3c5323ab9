import { z } from "zod";
import { pageOf } from "../../../../contract/page.ts";
import { defineRoute } from "../define-route.ts";
import * as view from "../views.ts";

const query = z.object({
  query: z.string().max(200).optional(),
  type: z.enum(["module", "plugin", "widget", "integration"]).optional(),
  category: z.string().max(60).optional(),
});

export const catalogRoutes = [
  defineRoute("GET", "/catalog", {
    summary: "What could be installed",
    role: "operator",
    query,
    answer: pageOf(view.catalogEntry).extend({
      categories: z.array(z.string()),
      problems: z.array(z.unknown()),
    }),
    async handle({ engine, query }) {
      const found = await engine.catalog.search(query);
      const items = found.entries.map((entry) => ({
        ...entry,
        installed: engine.install.registry.get(entry.name)?.version ?? null,
      }));
      return { items, nextCursor: null, categories: found.categories, problems: found.problems };
    },
  }),
  defineRoute("GET", "/catalog/{module}", {
    summary: "One module with its README and every version, newest first",
    role: "operator",
    answer: view.catalogModule,
    async handle({ engine, params }) {
      const module = await engine.catalog.get(params.module);
      return { ...module, installed: engine.install.registry.get(params.module)?.version ?? null };
    },
  }),
];
