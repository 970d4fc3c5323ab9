export { createRouter, malformedPath } from "./create-router.ts";
