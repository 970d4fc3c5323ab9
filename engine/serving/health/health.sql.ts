import { stateStrength } from "./sample.ts";

const strength = `ARRAY[${stateStrength.map((state) => `'${state}'`).join(",")}]::text[]`;

/** $1: JSON array of samples. Parts of one minute from two hosts, or from before and after a restart, add up. */
export const upsertSamples = `
INSERT INTO graft.health_samples AS old
  (module, minute, state, probes, failures, latency_ms_p50, latency_ms_max, rss_mb, requests, errors)
SELECT "module", "minute", "state", "probes", "failures", "latencyMsP50", "latencyMsMax", "rssMb", "requests", "errors"
FROM jsonb_to_recordset($1::jsonb) AS r("module" text, "minute" timestamptz, "state" text, "probes" int,
  "failures" int, "latencyMsP50" float8, "latencyMsMax" float8, "rssMb" float8, "requests" int, "errors" int)
ON CONFLICT (module, minute) DO UPDATE SET
  state = CASE WHEN array_position(${strength}, old.state) >= array_position(${strength}, excluded.state)
    THEN old.state ELSE excluded.state END,
  probes = old.probes + excluded.probes,
  failures = old.failures + excluded.failures,
  latency_ms_p50 = CASE WHEN old.latency_ms_p50 IS NULL OR excluded.latency_ms_p50 IS NULL
      OR old.probes + excluded.probes = 0
    THEN COALESCE(old.latency_ms_p50, excluded.latency_ms_p50)
    ELSE (old.latency_ms_p50 * old.probes + excluded.latency_ms_p50 * excluded.probes)
      / (old.probes + excluded.probes) END,
  latency_ms_max = GREATEST(old.latency_ms_max, excluded.latency_ms_max),
  rss_mb = GREATEST(old.rss_mb, excluded.rss_mb),
  requests = old.requests + excluded.requests,
  errors = old.errors + excluded.errors`;

/** $1: JSON array of events. */
export const insertEvents = `
INSERT INTO graft.module_events (module, at, kind, message)
SELECT "module", "at", "kind", "message"
FROM jsonb_to_recordset($1::jsonb) AS r("module" text, "at" timestamptz, "kind" text, "message" text)`;

/** $1: module, $2: from. */
export const selectSamples = `
SELECT module, minute, state, probes, failures, latency_ms_p50 AS "latencyMsP50", latency_ms_max AS "latencyMsMax",
  rss_mb AS "rssMb", requests, errors
FROM graft.health_samples WHERE module = $1 AND minute >= $2 ORDER BY minute`;

/** $1: module or null for all, $2: limit. */
export const selectEvents = `
SELECT id::text, module, at, kind, message FROM graft.module_events
WHERE $1::text IS NULL OR module = $1 ORDER BY at DESC, id DESC LIMIT $2`;

/** $1: before, $2: at most so many: one long delete would hold its locks and its dead rows for as long. */
export const deleteOldSamples = `
DELETE FROM graft.health_samples WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM graft.health_samples WHERE minute < $1 LIMIT $2))`;
export const deleteOldEvents = `
DELETE FROM graft.module_events WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM graft.module_events WHERE at < $1 LIMIT $2))`;
