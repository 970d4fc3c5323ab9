import type { AuditFilter } from "@/contract/audit";
import { oneOf } from "@/lib/search-params";

/** Reads the filters of the audit page from its address; the download uses the same. */
export function readAuditFilter(search: Record<string, string | string[] | undefined>): AuditFilter {
  const query = oneOf(search.query);
  const action = oneOf(search.action);
  const target = oneOf(search.target);
  const actorId = oneOf(search.actor);
  return {
    ...(query && { query }),
    ...(action && { action }),
    ...(target && { target }),
    // Compared with a uuid column: anything else would be an error instead of no result.
    ...(actorId && /^[0-9a-f-]{36}$/i.test(actorId) && { actorId }),
  };
}

export function auditQuery(filter: AuditFilter): Record<string, string | undefined> {
  return { query: filter.query, action: filter.action, target: filter.target, actor: filter.actorId };
}
