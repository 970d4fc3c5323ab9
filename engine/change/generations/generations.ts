import { type Digest, fromJson, GraftError, type HostDb, type Page } from "../../core/index.ts";
import type { Flags } from "../../decisions/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import { migrationNames } from "../../supply/manifest/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import { compareGenerations, compareModules } from "./compare-generations.ts";
import { type GenerationSettings, readSettings } from "./generation-settings.ts";
import type { GenerationDifference, GenerationView } from "./types.ts";

interface GenerationsDeps {
  db: HostDb;
  store: ModuleStore;
  flags: Pick<Flags, "readRules">;
  registry: Pick<Registry, "generation">;
}

interface GenerationRow {
  number: number;
  parent: number | null;
  createdAt: Date;
  actorName: string;
  reason: string;
  operationId: string | null;
  modules: unknown;
}

type Modules = GenerationView["modules"];

export interface Generations {
  list(query?: { limit?: number; cursor?: string }): Promise<Page<GenerationView>>;
  get(number: number): Promise<GenerationView>;
  /** How `to` differs from `from`. @throws NOT_FOUND */
  difference(from: number, to: number): Promise<GenerationDifference>;
  /** As it was left; of the current one as it is now. Null for one left before this was recorded. */
  settingsOf(number: number): Promise<GenerationSettings | null>;
}

export function createGenerations(deps: GenerationsDeps): Generations {
  const { db } = deps;
  /** Of the newest `limit` rows; the others lend their modules, for their children's changes. */
  async function views(rows: GenerationRow[], limit = rows.length): Promise<GenerationView[]> {
    const known = new Map(rows.map(({ number, modules }) => [number, modules as Modules]));
    const shown = rows.slice(0, limit);
    const unread = shown.flatMap(({ parent }) => (parent === null || known.has(parent) ? [] : parent));
    if (unread.length > 0) {
      const where = { number: { in: unread } };
      const parents = await db.prisma.generation.findMany({ where, select: { number: true, modules: true } });
      for (const { number, modules } of parents) known.set(number, fromJson<Modules>(modules));
    }
    return shown.map(({ number, parent, createdAt, actorName, reason, operationId, modules }) => ({
      ...{ number, parent, actorName, reason, operationId },
      createdAt: createdAt.toISOString(),
      current: number === deps.registry.generation(),
      modules: modules as Modules,
      changes: compareModules((parent !== null && known.get(parent)) || [], modules as Modules),
    }));
  }
  async function find(number: number): Promise<GenerationRow & { modules: Modules }> {
    // A column of PostgreSQL's integer type has no larger ones.
    const row =
      Number.isInteger(number) && Math.abs(number) < 2 ** 31
        ? await db.prisma.generation.findUnique({ where: { number } })
        : null;
    if (!row) throw new GraftError("NOT_FOUND", `There is no generation ${number}.`);
    return { ...row, modules: fromJson<Modules>(row.modules) };
  }
  /** One transaction: no commit comes between the number that is current and what is installed. */
  const settingsOf = (number: number) =>
    db.prisma.$transaction(
      async (tx) => {
        const { generation } = await tx.hostState.findUniqueOrThrow({ where: { id: 1 } });
        if (generation === number) return readSettings(tx, deps.flags);
        const row = await tx.generation.findUnique({ where: { number }, select: { settings: true } });
        return (row?.settings ?? null) as GenerationSettings | null;
      },
      { isolationLevel: "RepeatableRead" },
    );
  return {
    settingsOf,
    async get(number) {
      const [generation] = await views([await find(number)]);
      return generation as GenerationView;
    },
    async difference(from, to) {
      const [before, after, settingsBefore, settingsAfter] = await Promise.all([
        ...([find(from), find(to)] as const),
        ...([settingsOf(from), settingsOf(to)] as const),
      ]);
      const compared = compareGenerations(
        { modules: before.modules, settings: settingsBefore },
        { modules: after.modules, settings: settingsAfter },
      );
      const migrations = await Promise.all(
        compared.modules.map(({ name }) =>
          migrationsBetween(deps.store, name, { from: before.modules, to: after.modules }),
        ),
      );
      return { from, to, ...compared, migrations: migrations.flat() };
    },
    /** Newest first; the cursor is the last number seen. */
    async list({ limit = 50, cursor } = {}) {
      const lt = cursor === undefined ? 2 ** 31 - 1 : Number(cursor) || 0;
      const rows = await db.prisma.generation.findMany({
        where: { number: { lt } },
        orderBy: { number: "desc" },
        take: limit + 1,
      });
      const items = await views(rows, limit);
      return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.number) : null };
    },
  };
}

/** By the files of both versions: what one has and the other has not. A module that goes takes none back. */
async function migrationsBetween(
  store: ModuleStore,
  module: string,
  { from, to }: { from: Modules; to: Modules },
): Promise<GenerationDifference["migrations"]> {
  const [before, after] = [from, to].map((modules) => modules.find(({ name }) => name === module));
  if (!after) return [];
  const [old, now] = await Promise.all([
    before ? namesIn(store, before.digest) : ([] as string[]),
    namesIn(store, after.digest),
  ]);
  return [
    ...now.filter((name) => !old.includes(name)).map((name) => ({ module, name, change: "runs" as const })),
    ...old
      .filter((name) => !now.includes(name))
      .map((name) => ({ module, name, change: "taken back" as const })),
  ];
}

async function namesIn(store: ModuleStore, digest: Digest): Promise<string[]> {
  const { files, manifest } = await store.getModule(digest);
  if (!manifest.database) return [];
  return migrationNames(Object.keys(files), manifest.database.migrations.replace(/\/$/, "")).names;
}
