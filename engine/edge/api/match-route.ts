import { z } from "zod";
import { backupId } from "../../../contract/backup.ts";
import { moduleNameLengthMax, moduleNamePattern } from "../../../sdk/manifest/names.ts";
import type { Method, Route } from "./types.ts";

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
  flag: z.string().regex(/^[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?$/),
  number: z.string().regex(/^(0|[1-9][0-9]{0,8})$/),
  other: z.string().regex(/^(0|[1-9][0-9]{0,8})$/),
  backup: backupId,
  secret: z.string().regex(/^[A-Za-z0-9_-]{16,200}$/),
};

/** Finds the row for a path below `/api/v1/graft`; HEAD is served by GET. */
export function createMatcher(routes: readonly Route[]): (method: string, path: string) => Match {
  const rows = routes.map((route) => ({ route, segments: route.path.split("/") }));
  return (method, path) => {
    const wanted = method === "HEAD" ? "GET" : method;
    const given = path.split("/");
    const allow = new Set<string>();
    for (const { route, segments } of rows) {
      const params = matchSegments(segments, given);
      if (params === null) continue;
      if (route.method === (wanted as Method)) return { kind: "found", route, params };
      allow.add(route.method);
      if (route.method === "GET") allow.add("HEAD");
    }
    return allow.size === 0 ? null : { kind: "method", allow: [...allow, "OPTIONS"].sort() };
  };
}

function matchSegments(segments: string[], given: string[]): Record<string, string> | null {
  if (segments.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    const value = given[i] ?? "";
    if (!segment.startsWith("{")) {
      if (segment !== value) return null;
      continue;
    }
    const name = segment.slice(1, -1);
    const decoded = decode(value);
    if (decoded === null || !paramSchemas[name]?.safeParse(decoded).success) return null;
    params[name] = decoded;
  }
  return params;
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
