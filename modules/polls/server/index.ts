import { defineModule } from "@graft/sdk/server";
import type { State } from "./handlers.ts";
import { readAuthors } from "./may-ask.ts";
import { routes } from "./routes.ts";

export default defineModule({
  setup: ({ config }): State => ({ authors: readAuthors(config) }),
  routes,
});
