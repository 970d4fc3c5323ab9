/** `/api/v1/polls/x?y` taken apart. */
export interface ApiTarget {
  /** `v1`. */
  version: string;
  module: string;
  /** What the module gets: `/v1/x?y`. */
  path: string;
}

const pattern = /^\/api\/(v[1-9][0-9]{0,3})\/([a-z][a-z0-9-]{0,39})(?=[/?]|$)/;
// A module that parses its address as a URL would walk these out of /v1/.
const dotSegment = /\\|[/](?:\.|%2e){1,2}(?:[/]|$)/i;

/** Null: not an address of a module's API. `"unsafe"`: one whose segments could lead out of it. */
export function parseApiTarget(url: string): ApiTarget | "unsafe" | null {
  const match = pattern.exec(url);
  const version = match?.[1];
  const module = match?.[2];
  if (match === null || version === undefined || module === undefined) return null;
  const rest = url.slice(match[0].length);
  const query = rest.indexOf("?");
  if (dotSegment.test(query === -1 ? rest : rest.slice(0, query))) return "unsafe";
  return { version, module, path: `/${version}${rest}` };
}
