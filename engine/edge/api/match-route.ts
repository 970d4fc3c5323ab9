import { z } from "zod";
import { backupId } from "../../../contract/backup.ts";
import { flagKey } from "../../../contract/flags.ts";
import { moduleNameLengthMax, moduleNamePattern } from "../../../sdk/manifest/names.ts";
import { createRouter, malformedPath } from "../../../sdk/routing/index.ts";
import type { Route } from "./types.ts";

export type Match =
  | { kind: "found"; route: Route; params: Record<string, string> }
  | { kind: "method"; allow: string[] }
  | null;

const key = z.string().regex(moduleNamePattern).max(moduleNameLengthMax);

/** What each parameter may look like: a value of another shape names nothing, so the address does not exist. */
export const paramSchemas: Record<string, z.ZodType> = {
  id: z.uuid(),
  user: z.uuid(),
  module: key,
  widget: key,
  key,
  kind: key,
  flag: flagKey,
  number: z.string().regex(/^(0|[1-9][0-9]{0,8})$/),
  other: z.string().regex(/^(0|[1-9][0-9]{0,8})$/),
  backup: backupId,
  secret: z.string().regex(/^[A-Za-z0-9_-]{16,200}$/),
};

/** Finds the row for a path below `/api/v1/graft`. */
export function createMatcher(routes: readonly Route[]): (method: string, path: string) => Match {
  const find = createRouter(
    Object.fromEntries(routes.map((route) => [`${route.method} ${colonPath(route.path)}`, route])),
    (param, value) => paramSchemas[param]?.safeParse(value).success ?? false,
  );
  return (method, path) => {
    const match = find(method, path);
    // An address that cannot be read names nothing.
    if (match === null || match === malformedPath) return null;
    if ("handler" in match) return { kind: "found", route: match.handler, params: match.params };
    return { kind: "method", allow: [...match.allowed, "OPTIONS"].sort() };
  };
}

/** `/modules/{module}`, as OpenAPI has it, as the router does. */
function colonPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
