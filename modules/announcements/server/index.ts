import { defineModule } from "@graft/sdk/server";
import { watchSchedule } from "./announce.ts";
import type { State } from "./handlers.ts";
import { readAuthors } from "./may-write.ts";
import { routes } from "./routes.ts";

export default defineModule({
  setup({ config }): State {
    watchSchedule();
    return { authors: readAuthors(config) };
  },
  routes,
});
