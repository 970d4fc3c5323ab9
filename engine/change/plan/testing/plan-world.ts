import { type ManifestInput, manifestSchema } from "../../../../sdk/manifest/index.ts";
import type { Digest } from "../../../core/index.ts";
import type { AccessSetting } from "../../../decisions/index.ts";
import type {
  DataPlace,
  MigrationPreview,
  MigrationVerdict,
  ModuleDatabase,
  ReverseMigrationAnswer,
} from "../../../module-data/index.ts";
import type { CatalogService } from "../../../supply/catalog/index.ts";
import type { CurrentState } from "../../../supply/installed/index.ts";
import type { Candidate } from "../../../supply/resolver/index.ts";
import type { ModuleStore, StoredModule } from "../../../supply/store/index.ts";
import { type BuildPlanDeps, buildPlan } from "../build-plan.ts";
import type { GenerationModule } from "../expand-changes.ts";
import type { KeptSummary, PlanBody, PlanChange, StoredSnapshot } from "../types.ts";

export interface ModuleText {
  manifest?: Partial<ManifestInput>;
  /** Names; what a name contains (drop, rename, slow, refused) is what the preview says of it. */
  migrations?: string[];
  changelog?: string;
}

export interface PlanWorldOptions {
  /** By `name@version`. */
  modules: Record<string, ModuleText>;
  installed?: string[];
  /** By module: the migrations that ran on the data there is. */
  applied?: Record<string, string[]>;
  /** By module; else 3 rows in one table. */
  rows?: Record<string, number>;
  /** By module: the extensions that the server has. */
  extensions?: MigrationPreview["extensions"];
  kept?: KeptSummary[];
  snapshots?: StoredSnapshot[];
  generations?: Record<number, GenerationModule[]>;
  reverse?: ReverseMigrationAnswer;
  access?: Record<string, AccessSetting>;
}

export type PlanWorld = ReturnType<typeof createPlanWorld>;

/** All that a plan is computed from, in memory. */
export function createPlanWorld(options: PlanWorldOptions) {
  const stored = new Map<string, StoredModule>();
  for (const [id, text] of Object.entries(options.modules)) stored.set(digestOf(id), storedModule(id, text));
  const candidates = [...stored.values()].map(
    ({ digest, manifest }): Candidate => ({
      name: manifest.name,
      version: manifest.version,
      digest,
      manifest,
    }),
  );
  const byId = (id: string): Candidate => {
    const found = candidates.find(({ digest }) => digest === digestOf(id));
    if (!found) throw new Error(`${id} is no module of this world.`);
    return found;
  };
  const withDatabase = (candidate: Candidate) => ({
    ...candidate,
    database: candidate.manifest.database ? databaseOf(candidate.name) : null,
  });
  const current: CurrentState = {
    generation: 7,
    modules: (options.installed ?? []).map((id) => withDatabase(byId(id))),
  };
  const deps: BuildPlanDeps = {
    graftVersion: "1.0.0",
    retention: async () => ({ snapshotsPerModule: 5, snapshotDays: null }),
    catalog: {
      versions: async () =>
        candidates.map((candidate) => ({
          ...candidate,
          ...{ size: 1, source: "tests", changelog: changelogOf(options, candidate) },
        })),
      search: async () => ({ entries: [], categories: [], problems: [] }),
    } as Partial<CatalogService> as CatalogService,
    store: {
      async getModule(digest: Digest) {
        const module = stored.get(digest);
        if (!module) throw new Error(`${digest} is not in the store.`);
        return module;
      },
      readFile: async (_: Digest, path: string) => Buffer.from(`SQL of ${path.split("/").at(-2)}`),
    } as Partial<ModuleStore> as ModuleStore,
    database: {
      appliedMigrations: async ({ module }: DataPlace) => options.applied?.[module] ?? [],
      list: async () => [],
      preview: async ({ migrations, applied }) => ({
        ...previewOf(migrations.map(({ name }) => name).filter((name) => !applied.includes(name))),
        extensions: options.extensions ?? [],
      }),
      inspect: async ({ module }: DataPlace) => {
        const rows = options.rows?.[module] ?? 3;
        const known = { rows, bytes: 8192, exact: true };
        return { tables: [{ name: "t", ...known }], ...known };
      },
      findReverseMigration: async () => options.reverse ?? { way: null, reason: "it drops a column" },
    } as Partial<ModuleDatabase> as ModuleDatabase,
    flags: { getAccess: (target) => options.access?.[target] ?? { mode: "nobody" } },
    modulesOf: async (generation) => options.generations?.[generation] ?? [],
    keptData: async () =>
      (options.kept ?? []).map((kept) => ({
        ...{ ...kept, database: databaseOf(kept.module) },
        digest: digestOf(`${kept.module}@${kept.version}`),
      })),
    snapshotOf: async (module, digest) =>
      options.snapshots?.find((one) => one.module === module && one.digest === digest) ?? null,
    snapshotIn: async (module, database) =>
      options.snapshots?.find((one) => one.module === module && one.database === database) ?? null,
    async findSnapshot(id) {
      const found = options.snapshots?.find((one) => one.id === id);
      if (!found) throw new Error(`${id} is no snapshot of this world.`);
      return found;
    },
  };
  return {
    ...{ deps, current, byId },
    stored: (id: string) => stored.get(digestOf(id)) as StoredModule,
    plan: (...changes: PlanChange[]): Promise<PlanBody> => buildPlan(deps, current, changes),
  };
}

/** Each module has one, of a number that its name gives. */
export const databaseOf = (module: string): number => module.length;

/** As the store names it: of the text, so that it can be told in a table. */
export const digestOf = (id: string): Digest => `sha256:${Buffer.from(id).toString("hex")}`;

function storedModule(id: string, text: ModuleText): StoredModule {
  const [name = "", version = ""] = id.split("@");
  const files = (text.migrations ?? []).map((migration) => [
    `prisma/migrations/${migration}/migration.sql`,
    { digest: digestOf(migration), size: 1, mediaType: "text/plain" },
  ]);
  const manifest = manifestSchema.parse({
    ...{ manifestVersion: 1, name, publisher: "tests", version, type: "module", license: "MIT" },
    ...{ title: name.toUpperCase(), summary: name },
    ...(text.migrations && { database: { migrations: "prisma/migrations" } }),
    ...text.manifest,
  });
  return { digest: digestOf(id), manifest, files: Object.fromEntries(files), size: 10 };
}

const changelogOf = ({ modules }: PlanWorldOptions, { name, version }: Candidate) =>
  modules[`${name}@${version}`]?.changelog ?? "";

function previewOf(pending: string[]): MigrationPreview {
  const found = (word: string, kind: MigrationVerdict["kind"]): MigrationVerdict[] =>
    pending
      .filter((name) => name.includes(word))
      .map((migration) => ({
        ...{ migration, line: 1, statement: `SQL of ${migration}`, reason: `what ${migration} does`, kind },
        ...{ table: "t", column: null, rows: 3, exact: true, bytes: 8192, estimateMs: null, long: true },
      }));
  return {
    pending: pending.map((name) => ({ name, sql: `SQL of ${name}`, statements: 1 })),
    destructive: found("drop", "destructive"),
    breaking: found("rename", "breaking"),
    slow: found("slow", "slow"),
    refused: found("refused", "breaking"),
    alone: found("alone", "slow"),
    ...{ forced: [], extensions: [], mayCreateUntrusted: true },
  };
}
