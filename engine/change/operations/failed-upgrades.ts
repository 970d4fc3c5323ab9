import type { HostDb } from "../../core/index.ts";
import type { FailedUpgrade } from "./types.ts";

interface Row {
  module: string;
  digest: string;
  status: "failed" | "reverted" | "attention";
  detail: string | null;
  operation: string;
}

/**
 * Versions that an upgrade could not move to, whoever asked for it. Blamed is the module whose step failed; where none
 * did, every module of the operation. What may go well the next time, as a table that was in use, does not count.
 */
export async function readFailedUpgrades(db: HostDb): Promise<FailedUpgrade[]> {
  const { rows } = await db.pool.query<Row>(failedSql);
  return rows.map(({ module, digest, status, detail, operation }) => ({
    module,
    digest,
    operationId: operation,
    reason: detail ?? (status === "reverted" ? "It was taken back." : "It failed."),
  }));
}

const failedSql = `
  SELECT DISTINCT ON (change->>'module', change->>'digest')
    change->>'module' AS module, change->>'digest' AS digest, o.status, o.error->>'detail' AS detail, o.id AS operation
  FROM graft.operations o CROSS JOIN jsonb_array_elements(o.journal->'changes') change
  WHERE o.status IN ('failed', 'reverted', 'attention') AND change->>'action' = 'upgrade'
    AND coalesce((o.error->>'retryable')::boolean, false) = false
    AND (NOT EXISTS (SELECT FROM jsonb_array_elements(o.steps) step
                     WHERE step->>'status' = 'failed' AND step->>'module' IS NOT NULL)
         OR EXISTS (SELECT FROM jsonb_array_elements(o.steps) step
                    WHERE step->>'status' = 'failed' AND step->>'module' = change->>'module'))
  ORDER BY change->>'module', change->>'digest', o.started_at DESC`;
