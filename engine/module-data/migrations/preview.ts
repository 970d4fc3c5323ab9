import type { ModuleServer } from "../connections/module-server.ts";
import type { OwnerConnections } from "../connections/owner-connections.ts";
import type { ServerFacts } from "../connections/server-facts.ts";
import { preparedExtensions, readExtensions } from "../databases/extensions.ts";
import type { DataPlace, MigrationFile, MigrationPreview, MigrationProblem } from "../types.ts";
import { inOrder } from "./history.ts";
import { measureVerdicts } from "./measure-verdicts.ts";
import { readFacts } from "./read-facts.ts";
import { judgeCompatibility } from "./sql/compatibility.ts";
import { findDestructive } from "./sql/destructive.ts";
import { judgeScripts } from "./sql/judge-scripts.ts";
import { namesForced } from "./sql/row-security.ts";
import type { Script } from "./sql/script.ts";
import { whyNotInOneTransaction } from "./sql/share-transaction.ts";
import type { Found } from "./sql/verdict.ts";

export interface PreviewInput {
  /** Where its data is; null: nowhere yet. */
  place: DataPlace | null;
  migrations: MigrationFile[];
  extensions: string[];
  applied: string[];
  /** The others ran already, and the question is what they did: the catalogues no longer tell what was before. */
  ran?: boolean;
}

export interface PreviewDeps {
  server: ModuleServer;
  owners: OwnerConnections;
  facts(): Promise<ServerFacts>;
}

/** What a plan shows. Parses, asks the catalogues, counts as the owner; changes nothing. */
export async function preview(deps: PreviewDeps, input: PreviewInput): Promise<MigrationPreview> {
  const applied = new Set(input.applied);
  const pending = inOrder(input.migrations).filter((file) => !applied.has(file.name));
  const { forbiddenParameters, trusted, superuser } = await deps.facts();
  const scripts = await judgeScripts(pending, { extensions: input.extensions, trusted, forbiddenParameters });
  return {
    pending: scripts.map(({ name, source, statements }) => ({
      name,
      sql: source,
      statements: statements.length,
    })),
    ...(await judge(deps, input, scripts)),
    refused: [...diverged(input), ...scripts.flatMap((script) => script.problems)],
    forced: namesForced(scripts),
    extensions: await readExtensions(deps.server, input.extensions, await installedExtensions(deps, input)),
    mayCreateUntrusted: superuser,
  };
}

type Judged = Pick<MigrationPreview, "breaking" | "slow" | "destructive" | "alone">;
const nothing: Judged = { breaking: [], slow: [], destructive: [], alone: [] };

/**
 * Prisma's `evaluateDataLoss` is not asked: it judges the steps that Prisma would write between two schema files, not
 * the statements that run, and needs a second database to replay the history in.
 */
async function judge(
  { owners }: PreviewDeps,
  { place, applied, ran = false }: PreviewInput,
  scripts: Script[],
): Promise<Judged> {
  const fresh = applied.length === 0;
  if (fresh || place === null || scripts.length === 0) return nothing;
  if (ran)
    return {
      ...nothing,
      ...judgeCompatibility(scripts, false),
      destructive: findDestructive(scripts, false),
    };
  return owners.use(place, async (client) => {
    const facts = await readFacts(client, scripts);
    const { breaking, slow } = judgeCompatibility(scripts, false, facts);
    const found = [...slow, ...findDestructive(scripts, false, facts), ...breaking];
    const measured = found.length === 0 ? [] : await measureVerdicts(client, found);
    const of = (kind: Found["kind"]) => measured.filter((verdict) => verdict.kind === kind);
    return {
      ...{ breaking: of("breaking"), slow: of("slow"), destructive: of("destructive") },
      alone: whyNotInOneTransaction(scripts, facts),
    };
  });
}

async function installedExtensions(
  { server, owners }: PreviewDeps,
  { place, extensions }: PreviewInput,
): Promise<Set<string>> {
  if (extensions.length === 0) return new Set();
  if (place === null) return preparedExtensions(server);
  return owners.use(place, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT extname::text AS name FROM pg_catalog.pg_extension",
    );
    return new Set(rows.map(({ name }) => name));
  });
}

/** Kept data that another history made is refused while it is only a plan. */
function diverged({ migrations, applied }: PreviewInput): MigrationProblem[] {
  const names = new Set(migrations.map((file) => file.name));
  return applied
    .filter((name) => !names.has(name))
    .map((migration) => ({
      migration,
      line: 1,
      statement: "",
      reason: "the existing data was made with this migration, which this version does not have",
    }));
}
