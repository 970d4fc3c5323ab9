import pg from "pg";
import { GraftError } from "../../core/index.ts";
import { type Extension, extensionsSql, toHomes } from "../connections/extensions.sql.ts";
import type { OwnerConnections } from "../connections/owner-connections.ts";
import type { DeferredIndex, IndexProgress, MigrationFile } from "../types.ts";
import { inOrder } from "./history.ts";
import { prepareScripts } from "./sql/prepare-scripts.ts";

const { escapeIdentifier } = pg;
const progressIntervalMs = 250;

export interface BuildInput {
  module: string;
  migrations: MigrationFile[];
  onProgress?: (progress: IndexProgress) => void;
}

/**
 * Builds what is missing of the indexes that the history creates concurrently. Nothing is remembered between runs: the
 * catalogues say which are missing, or were left invalid by a build that broke off, so it can be run at any time.
 */
export async function buildIndexes(
  owners: OwnerConnections,
  schema: string,
  input: BuildInput,
): Promise<string[]> {
  return owners.use(input.module, async (client) => {
    await client.query("SET statement_timeout = 0; SET lock_timeout = 0");
    const { rows } = await client.query<Extension>(extensionsSql);
    const scripts = await prepareScripts(inOrder(input.migrations), {
      schema,
      extensions: toHomes(rows),
      fresh: false,
      wholeHistory: true,
    });
    const built: string[] = [];
    for (const index of scripts.flatMap((script) => script.deferred)) {
      const state = await readState(client, schema, index);
      if (state === "valid" || state === "no table") continue;
      if (state === "invalid")
        await client.query(`DROP INDEX CONCURRENTLY ${qualified(schema, index.index)}`);
      await build(owners, client, input, index);
      built.push(index.index);
    }
    return built;
  });
}

async function build(owners: OwnerConnections, client: pg.Client, input: BuildInput, index: DeferredIndex) {
  const { onProgress } = input;
  const watching = onProgress
    ? await watch(owners, input.module, client, (progress) => onProgress({ ...progress, index: index.index }))
    : null;
  try {
    await client.query(index.sql);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new GraftError(
      "MIGRATION_FAILED",
      `${input.module}, migration ${index.migration}, line ${index.line}: the index ${index.index} cannot be built: ${reason}`,
      {
        hint: "The module works without it, more slowly. Correct the rows it names and build the indexes again.",
        details: { module: input.module, ...index, reason },
        cause,
      },
    );
  } finally {
    await watching?.end();
  }
}

type State = "valid" | "invalid" | "missing" | "no table";

async function readState(client: pg.Client, schema: string, index: DeferredIndex): Promise<State> {
  const { rows } = await client.query<{ state: State }>(
    `SELECT CASE WHEN pg_catalog.to_regclass($2) IS NULL THEN 'no table'
       ELSE coalesce((SELECT CASE WHEN i.indisvalid THEN 'valid' ELSE 'invalid' END FROM pg_catalog.pg_index i
                      WHERE i.indexrelid = pg_catalog.to_regclass($1)), 'missing') END AS state`,
    [qualified(schema, index.index), qualified(schema, index.table)],
  );
  return rows[0]?.state ?? "missing";
}

/** A second session of the same role sees how far the first has come. */
async function watch(
  owners: OwnerConnections,
  module: string,
  building: pg.Client,
  report: (progress: Omit<IndexProgress, "index">) => void,
) {
  const { rows } = await building.query<{ pid: number }>("SELECT pg_catalog.pg_backend_pid() AS pid");
  const client = await owners.open(module);
  let ended = false;
  const loop = (async () => {
    while (!ended) {
      const result = await client.query<Omit<IndexProgress, "index">>(
        `SELECT phase, blocks_done::pg_catalog.float8 AS done, blocks_total::pg_catalog.float8 AS total
         FROM pg_catalog.pg_stat_progress_create_index WHERE pid = $1`,
        [rows[0]?.pid],
      );
      if (result.rows[0]) report(result.rows[0]);
      await new Promise((resolve) => setTimeout(resolve, progressIntervalMs));
    }
  })();
  return {
    async end() {
      ended = true;
      await loop.catch(() => {});
      await client.end().catch(() => {});
    },
  };
}

function qualified(schema: string, name: string): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
}
