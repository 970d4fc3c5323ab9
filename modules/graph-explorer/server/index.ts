import { defineModule } from "@graft/sdk/server";
import { forward, loadSample } from "./forward.ts";

/** The knowledge graph's API, as far as the page needs it, passed on as the user who asks. */
export default defineModule({
  routes: {
    "GET /v1/stats": forward,
    "GET /v1/entities": forward,
    "POST /v1/entities": forward,
    "GET /v1/entities/:id": forward,
    "PATCH /v1/entities/:id": forward,
    "DELETE /v1/entities/:id": forward,
    "GET /v1/entities/:id/neighbours": forward,
    "GET /v1/relations": forward,
    "POST /v1/relations": forward,
    "PATCH /v1/relations/:id": forward,
    "DELETE /v1/relations/:id": forward,
    "GET /v1/paths": forward,
    "POST /v1/sample": loadSample,
  },
});
