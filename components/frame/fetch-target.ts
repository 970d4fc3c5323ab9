const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

// What the host page must not say on a frame's behalf: credentials, identity, and switches of servers in between.
const withheldHeader =
  /^(authorization|cookie|host|origin|referer|forwarded|via|te|upgrade|connection|content-length|transfer-encoding|graft-.*|sec-.*|proxy-.*|x-forwarded-.*|x-http-method.*|x-method-override|x-middleware-.*|x-nextjs-.*|next-.*|rsc)$/;

export type FetchTarget = { ok: true; url: string } | { ok: false; reason: string };

/**
 * Where a frame's request goes: `/v1/posts?x=1` of module `polls` to `/api/v1/polls/posts?x=1`, and nowhere else.
 * `origin` is the host page's own origin.
 */
export function resolveFetchTarget(
  { module, origin }: { module: string; origin: string },
  path: string,
  method: string,
): FetchTarget {
  if (!methods.has(method)) return refuse(`method ${method} is not allowed`);
  const version = /^\/(v[1-9][0-9]{0,3})(?=\/|\?|$)/.exec(path)?.[1];
  if (version === undefined)
    return refuse("the path must start with the module's own API version, as in /v1/…");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: URL parsers drop some of them silently
  if (/[\\#\u0000-\u0020\u007f]/.test(path))
    return refuse("the path holds a character that a URL may not hold");
  const [pathname = ""] = path.split("?");
  if (hasDotSegment(pathname)) return refuse("the path may not hold . or .. segments");
  if (pathname.includes("//")) return refuse("the path may not hold empty segments");

  const prefix = `/api/${version}/${module}`;
  const url = new URL(prefix + path.slice(version.length + 1), origin);
  // Belt and braces: whatever a URL parser made of the text, it must have stayed in the module's own space.
  const inside = url.pathname === prefix || url.pathname.startsWith(`${prefix}/`);
  if (url.origin !== origin || !inside) return refuse("the path leaves the module's own API");
  return { ok: true, url: url.pathname + url.search };
}

/** Headers that may travel; malformed ones are dropped, since `fetch` would throw on them. */
export function allowedHeaders(headers: Record<string, string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const wellFormed =
      /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name) && /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value);
    if (wellFormed && !withheldHeader.test(name)) kept[name] = value;
  }
  return kept;
}

function hasDotSegment(pathname: string): boolean {
  let decoded = pathname;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return true;
  }
  return decoded.split(/[\\/]/).some((segment) => segment === "." || segment === "..");
}

function refuse(reason: string): FetchTarget {
  return { ok: false, reason };
}
