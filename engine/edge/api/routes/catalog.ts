import { catalogModuleView, catalogQuery, catalogView } from "../../../../contract/catalog.ts";
import { defineRoute } from "../define-route.ts";

export const catalogRoutes = [
  defineRoute("GET", "/catalog", {
    summary: "What could be installed",
    role: "operator",
    query: catalogQuery,
    answer: catalogView,
    async handle({ engine, query }) {
      const found = await engine.catalog.search(query);
      const items = found.entries.map((entry) => ({
        ...entry,
        installed: engine.registry.get(entry.name)?.version ?? null,
      }));
      return { items, nextCursor: null, categories: found.categories, problems: found.problems };
    },
  }),
  defineRoute("GET", "/catalog/{module}", {
    summary: "One module with its README and every version, newest first",
    role: "operator",
    answer: catalogModuleView,
    async handle({ engine, params }) {
      const module = await engine.catalog.get(params.module);
      return { ...module, installed: engine.registry.get(params.module)?.version ?? null };
    },
  }),
];
