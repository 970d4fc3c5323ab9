import { defineModule } from "@graft/sdk/server";
import document from "../openapi/v1.json" with { type: "json" };
import * as entities from "./handle-entities.ts";
import { getFigures } from "./handle-figures.ts";
import * as graph from "./handle-graph.ts";
import { importGraph } from "./handle-import.ts";
import * as relations from "./handle-relations.ts";

export default defineModule({
  routes: {
    "GET /v1/openapi.json": () => document,
    "GET /v1/stats": graph.getStats,
    "GET /v1/figures": getFigures,
    "GET /v1/entities": entities.listEntities,
    "POST /v1/entities": entities.createEntity,
    "GET /v1/entities/:id": entities.getEntity,
    "PATCH /v1/entities/:id": entities.patchEntity,
    "DELETE /v1/entities/:id": entities.deleteEntity,
    "GET /v1/entities/:id/neighbours": graph.getNeighbours,
    "GET /v1/relations": relations.listRelations,
    "POST /v1/relations": relations.createRelation,
    "GET /v1/relations/:id": relations.getRelation,
    "PATCH /v1/relations/:id": relations.patchRelation,
    "DELETE /v1/relations/:id": relations.deleteRelation,
    "GET /v1/paths": graph.getPath,
    "POST /v1/import": importGraph,
  },
});
