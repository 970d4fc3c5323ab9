export { createRouter, type MatchResult, malformedPath, type RouteMatch } from "./create-router.ts";
