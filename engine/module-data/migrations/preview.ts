import type { HostDb } from "../../core/index.ts";
import { type Extension, toHomes } from "../connections/extensions.sql.ts";
import { extensionsSchema, type Naming } from "../connections/names.ts";
import type { OwnerConnections } from "../connections/owner-connections.ts";
import type { MigrationFile, MigrationPreview, MigrationProblem } from "../types.ts";
import { inOrder } from "./history.ts";
import { measureVerdicts } from "./measure-verdicts.ts";
import { readFacts } from "./read-facts.ts";
import { judgeCompatibility } from "./sql/compatibility.ts";
import { findDestructive } from "./sql/destructive.ts";
import { prepareScripts } from "./sql/prepare-scripts.ts";
import type { Script } from "./sql/script.ts";
import type { Found } from "./sql/verdict.ts";

export interface PreviewInput {
  module: string;
  migrations: MigrationFile[];
  extensions: string[];
  applied: string[];
  /** The others ran already, and the question is what they did: the catalogues no longer tell what was before. */
  ran?: boolean;
}

export interface PreviewDeps {
  db: HostDb;
  naming: Naming;
  owners: OwnerConnections;
}

/** What a plan shows. Parses, asks the catalogues, counts as the owner; changes nothing. */
export async function preview(deps: PreviewDeps, input: PreviewInput): Promise<MigrationPreview> {
  const { db, naming } = deps;
  const applied = new Set(input.applied);
  const fresh = applied.size === 0;
  const pending = inOrder(input.migrations).filter((file) => !applied.has(file.name));
  const extensions = await readExtensions(db, input.extensions);
  const scripts = await prepareScripts(pending, {
    schema: naming.names(input.module).schema,
    extensions: toHomes(extensions),
    fresh,
  });
  return {
    pending: scripts.map((script) => ({
      name: script.name,
      sql: script.sql,
      statements: script.statements.length,
      rewritten: changedLines(script),
    })),
    ...(await judge(deps, input, scripts, fresh)),
    deferred: scripts.flatMap((script) => script.deferred),
    refused: [...diverged(input), ...scripts.flatMap((script) => script.problems)],
    extensions: extensions.map(({ name, available, installed }) => ({ name, available, installed })),
  };
}

type Judged = Pick<MigrationPreview, "breaking" | "slow" | "destructive">;

/**
 * Prisma's `evaluateDataLoss` is not asked: it judges the steps that Prisma would write between two schema files, not
 * the statements that run, and needs a second database to replay the history in, which a host may have no right to make.
 */
async function judge(
  { db, naming, owners }: PreviewDeps,
  { module, ran = false }: PreviewInput,
  scripts: Script[],
  fresh: boolean,
): Promise<Judged> {
  if (fresh || scripts.length === 0) return { breaking: [], slow: [], destructive: [] };
  if (ran) return { ...judgeCompatibility(scripts, fresh), destructive: findDestructive(scripts, fresh) };
  const { schema } = naming.names(module);
  const facts = await readFacts(db, schema, scripts);
  const { breaking, slow } = judgeCompatibility(scripts, fresh, facts);
  const found = [...slow, ...findDestructive(scripts, fresh, facts), ...breaking];
  const measured =
    found.length === 0 ? [] : await owners.use(module, (client) => measureVerdicts(client, schema, found));
  const of = (kind: Found["kind"]) => measured.filter((verdict) => verdict.kind === kind);
  return { breaking: of("breaking"), slow: of("slow"), destructive: of("destructive") };
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

/** Rewriting keeps every line break, so lines compare one to one. */
function changedLines({ source, sql }: Script): MigrationPreview["pending"][number]["rewritten"] {
  const after = sql.split("\n");
  // A byte order mark gave way to a blank; nobody wants to see that.
  return source
    .replace(/^\uFEFF/, " ")
    .split("\n")
    .flatMap((before, i) => {
      const now = after[i] ?? "";
      return before === now ? [] : [{ line: i + 1, before: before.trimEnd(), after: now.trimEnd() }];
    });
}

type Wanted = Extension & MigrationPreview["extensions"][number];

/** One that is not there yet will live where the host puts it. */
async function readExtensions(db: HostDb, names: string[]): Promise<Wanted[]> {
  if (names.length === 0) return [];
  const { rows } = await db.pool.query<Wanted>(
    `SELECT wanted.name, e.oid IS NOT NULL AS installed, coalesce(n.nspname, '${extensionsSchema}')::text AS home,
       e.oid IS NOT NULL OR EXISTS (SELECT FROM pg_available_extension_versions v WHERE v.name = wanted.name AND v.trusted)
         AS available
     FROM unnest($1::text[]) WITH ORDINALITY AS wanted(name, position)
     LEFT JOIN pg_extension e ON e.extname = wanted.name LEFT JOIN pg_namespace n ON n.oid = e.extnamespace
     ORDER BY wanted.position`,
    [names],
  );
  return rows;
}
