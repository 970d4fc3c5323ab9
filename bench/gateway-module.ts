/** A module's process as an author would write it, answering a list of ten. */
import { defineModule } from "../sdk/server/index.ts";

const items = Array.from({ length: 10 }, (_, id) => ({
  id,
  title: `Item ${id}`,
  body: "A line or two of text.",
}));

const { started } = defineModule({ routes: { "GET /v1/items": () => ({ items, nextCursor: null }) } });
await started;
console.log("listening");
