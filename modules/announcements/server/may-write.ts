import type { Identity } from "@graft/sdk/server";
import { problem } from "@graft/sdk/server";

/** Group keys from the configuration; anything else an administrator typed there is ignored. */
export function readAuthors(config: Record<string, unknown>): string[] {
  const { authors } = config;
  return Array.isArray(authors) ? authors.filter((key): key is string => typeof key === "string") : [];
}

export function mayWrite(identity: Identity, authors: readonly string[]): boolean {
  return identity.role !== "member" || identity.groups.some((group) => authors.includes(group));
}

/** @throws 403 */
export function requireWriter(identity: Identity, authors: readonly string[]): void {
  if (mayWrite(identity, authors)) return;
  throw problem(
    403,
    "Only administrators, operators and the groups named in the settings may write announcements.",
    {
      code: "NOT_AN_AUTHOR",
    },
  );
}
