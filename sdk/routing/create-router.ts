interface RouteMatch<H> {
  handler: H;
  params: Record<string, string>;
}

/** A handler with its parameters; the methods the path has when only the method is wrong; null when there is no such path. */
type MatchResult<H> = RouteMatch<H> | { allowed: string[] } | null;

interface DynamicRoute<H> {
  segments: string[];
  handler: H;
}

/** Whether a parameter may have this value. */
type Accepts = (param: string, value: string) => boolean;

/** What a `:name` segment may hold could not be decoded. */
export const malformedPath = Symbol("malformed path");

/**
 * Compiles `"GET /v1/posts/:id"` routes. Fixed segments win over parameters, whatever the order they were written in;
 * HEAD is served by GET. A value that `accepts` refuses names nothing: the path does not match.
 * @throws on a route that is not `METHOD /path`
 */
export function createRouter<H>(routes: Record<string, H>, accepts: Accepts = () => true) {
  const fixed = new Map<string, H>();
  const dynamic = new Map<string, DynamicRoute<H>[]>();
  const methods = new Set<string>();
  for (const [route, handler] of Object.entries(routes)) {
    const [, method, path] = /^([A-Z]+) (\/\S*)$/.exec(route) ?? [];
    if (!method || !path) throw new Error(`Route "${route}" must look like "GET /v1/posts/:id".`);
    methods.add(method);
    if (path.includes("/:")) {
      const list = dynamic.get(method) ?? [];
      list.push({ segments: path.split("/"), handler });
      dynamic.set(method, list);
    } else fixed.set(`${method} ${path}`, handler);
  }
  for (const list of dynamic.values()) list.sort((a, b) => specificity(b) - specificity(a));

  const find = (method: string, path: string): RouteMatch<H> | typeof malformedPath | null => {
    const exact = fixed.get(`${method} ${path}`);
    if (exact !== undefined) return { handler: exact, params: {} };
    const candidates = dynamic.get(method);
    if (!candidates) return null;
    const segments = path.split("/");
    for (const route of candidates) {
      const params = matchSegments(route.segments, segments, accepts);
      if (params === malformedPath) return malformedPath;
      if (params) return { handler: route.handler, params };
    }
    return null;
  };

  return (method: string, path: string): MatchResult<H> | typeof malformedPath => {
    const match = find(method, path) ?? (method === "HEAD" ? find("GET", path) : null);
    if (match) return match;
    const others = [...methods].map((other) => ({ other, found: find(other, path) }));
    if (others.some(({ found }) => found === malformedPath)) return malformedPath;
    const allowed = others.filter(({ found }) => found !== null).map(({ other }) => other);
    if (allowed.includes("GET")) allowed.push("HEAD");
    return allowed.length > 0 ? { allowed } : null;
  };
}

function specificity(route: { segments: string[] }): number {
  return route.segments.reduce((score, s) => score * 2 + (s.startsWith(":") ? 0 : 1), 0);
}

function matchSegments(pattern: string[], segments: string[], accepts: Accepts) {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [i, expected] of pattern.entries()) {
    const given = segments[i] ?? "";
    if (!expected.startsWith(":")) {
      if (expected !== given) return null;
      continue;
    }
    if (given === "") return null;
    const value = decode(given);
    if (value === null) return malformedPath;
    const param = expected.slice(1);
    if (!accepts(param, value)) return null;
    params[param] = value;
  }
  return params;
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
