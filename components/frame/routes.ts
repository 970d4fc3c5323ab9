export interface FramePage {
  /** Route inside the module, starting with "/". */
  path: string;
  title: string;
  /** Address of the page's HTML. */
  src: string;
}

/** The page whose path is the longest prefix of `path`; null when none is (a module without a root page). */
export function matchPage(pages: readonly FramePage[], path: string): FramePage | null {
  const bare = trimSlash(path.split(/[?#]/)[0] ?? "/");
  let best: FramePage | null = null;
  for (const page of pages) {
    const prefix = trimSlash(page.path);
    const fits = prefix === "" || bare === prefix || bare.startsWith(`${prefix}/`);
    if (fits && (best === null || prefix.length > trimSlash(best.path).length)) best = page;
  }
  return best;
}

/**
 * Address in the host for a route a frame asks for, `/posts/1?x=2` of `polls` to `/m/polls/posts/1?x=2`;
 * null when it would lead out of the module's pages.
 */
export function hostAddress(module: string, path: string, origin: string): string | null {
  if (!path.startsWith("/") || path.startsWith("//") || path.includes("\\")) return null;
  const prefix = `/m/${module}`;
  let url: URL;
  try {
    url = new URL(prefix + path.replace(/^\/(?=$|[?#])/, ""), origin);
  } catch {
    return null;
  }
  const inside = url.pathname === prefix || url.pathname.startsWith(`${prefix}/`);
  return url.origin === origin && inside ? url.pathname + url.search + url.hash : null;
}

/** The inverse: the route inside the module for the host's address; `query` may carry a fragment. */
export function framePath(module: string, pathname: string, query = ""): string {
  const prefix = `/m/${module}`;
  const rest = pathname.startsWith(prefix) ? pathname.slice(prefix.length) : "";
  return (rest === "" ? "/" : rest) + query;
}

function trimSlash(path: string): string {
  return path.replace(/\/+$/, "");
}
