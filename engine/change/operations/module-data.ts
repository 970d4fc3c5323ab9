import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Actor, faultPoint, GraftError, type HostDb, type Log } from "../../core/index.ts";
import type { ModuleDatabase, SnapshotFacts } from "../../module-data/index.ts";
import { auditIn } from "../../people/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import { withoutRunningOperation } from "../lead/without-running-operation.ts";
import type { Plans } from "../plan/index.ts";
import { deleting } from "../retained/kept-data.ts";
import type { ModuleDataFiles, Operations } from "./types.ts";

export interface ModuleDataDeps {
  db: HostDb;
  database: ModuleDatabase;
  dataDir: string;
  log: Log;
}

interface Rooms {
  registry: Registry;
  operations: Operations;
  plans: Plans;
}

/** How long a change that is going on may take before an export or a restore gives up on beginning. */
const waitMs = 30_000;

/** The data of one module as a file, and back. */
export function createModuleData(deps: ModuleDataDeps, rooms: Rooms): ModuleDataFiles {
  const { db, database } = deps;
  return {
    async export(actor, module, file) {
      return withoutRunningOperation(db, { waitMs }, async () => {
        await rooms.registry.refresh();
        const { version, digest } = await findData(deps, rooms, module);
        const facts = (await database.describeModules()).find((found) => found.module === module);
        const { bytes, rows, tables } = await database.snapshot({
          ...{ module, version, digest, file, extensions: facts?.extensions ?? [] },
        });
        await auditIn(db.prisma, actor, {
          action: "data.export",
          target: module,
          summary: `Export the data of ${module} ${version}: ${rows} rows`,
          details: { bytes, rows, tables },
        });
        return { version, bytes, rows, tables };
      });
    },
    async restore(actor, module, file, { confirm }) {
      const facts = await database.checkSnapshot(file).catch((cause) => {
        const { details, message } = cause as GraftError;
        const reason = typeof details?.reason === "string" ? details.reason : message;
        throw new GraftError("BACKUP_INVALID", `The file is no export of a module's data: ${reason}.`, {
          hint: "Nothing was changed. Use a file that `graft module export` wrote.",
          cause,
        });
      });
      if (facts.module !== module) {
        throw new GraftError(
          "BACKUP_INVALID",
          `The file holds the data of ${facts.module}, not of ${module}.`,
          {
            hint: `Restore it as ${facts.module}. Nothing was changed.`,
            details: { module: facts.module },
          },
        );
      }
      await rooms.registry.refresh();
      const installed = rooms.registry.get(module);
      if (installed === null)
        return { operation: null, keptDataId: await restoreKept(deps, rooms, actor, facts, file) };
      assertSameVersion(facts, installed);
      if (confirm !== module) {
        throw new GraftError(
          "CONFIRMATION_REQUIRED",
          `Restoring replaces all data of ${installed.title} by ${facts.rows} rows of ${facts.takenAt}.`,
          { hint: `Confirm by giving its name, ${module}.`, details: { modules: [module] } },
        );
      }
      return { operation: await restoreInstalled(deps, rooms, actor, facts, file), keptDataId: null };
    },
  };
}

async function findData({ db }: ModuleDataDeps, { registry }: Rooms, module: string) {
  const installed = registry.get(module);
  if (installed?.manifest.database) return { version: installed.version, digest: installed.digest as string };
  const kept = await db.prisma.keptData.findFirst({ where: { module, kind: "kept" } });
  if (kept) return { version: kept.version, digest: kept.digest };
  throw new GraftError("MODULE_NOT_INSTALLED", `${module} has no data in this database.`, {
    details: { module },
  });
}

/** Another version has other tables: its code would not find its way about in these. */
function assertSameVersion(
  facts: SnapshotFacts,
  installed: { title: string; version: string; digest: string },
) {
  if (facts.digest === null ? facts.version === installed.version : facts.digest === installed.digest) return;
  const { title, version } = installed;
  const other = facts.version === version ? `another build of ${version}` : version;
  throw new GraftError(
    "CONFLICT",
    `The file holds data of ${title} ${facts.version}; installed is ${other}.`,
    {
      hint: `Install ${title} ${facts.version} first; or uninstall ${title}, restore the file, and install: it is then migrated forward. Nothing was changed.`,
      details: { file: facts.version, installed: version },
    },
  );
}

/** By an operation, as going back is: requests wait, a snapshot is taken, and not healthy means taken back. */
async function restoreInstalled(
  deps: ModuleDataDeps,
  { operations, plans }: Rooms,
  actor: Actor,
  facts: SnapshotFacts,
  from: string,
) {
  const { module, version, rows, tables, takenAt, digest } = facts;
  const file = `snapshots/${module}-${randomUUID()}.graft`;
  const path = join(deps.dataDir, file);
  const bytes = (await stat(from)).size;
  await mkdir(join(deps.dataDir, "snapshots"), { recursive: true, mode: 0o700 });
  await rename(from, path);
  const row = await deps.db.prisma.keptData.create({
    data: {
      module,
      version,
      digest: digest ?? "",
      kind: "snapshot",
      file,
      bytes,
      rows,
      tables,
      reason: "Uploaded for a restore",
    },
  });
  const remove = async () => {
    await deps.db.prisma.keptData.deleteMany({ where: { id: row.id } });
    await rm(path, { force: true });
  };
  try {
    const plan = await plans.restoreData(actor, module, { id: row.id, takenAt, rows });
    const operation = await operations.apply(actor, plan.id);
    // A host that dies before keeps the file: its recovery may need it.
    void operations
      .wait(operation.id)
      .then(remove)
      .catch((error) => deps.log.warn({ err: error, module }, "a restored file is left among the snapshots"));
    return operation;
  } catch (error) {
    await remove();
    throw error;
  }
}

/** As data that an uninstall kept: the next install offers it, and migrates it forward. */
async function restoreKept(
  deps: ModuleDataDeps,
  { registry }: Rooms,
  actor: Actor,
  facts: SnapshotFacts,
  file: string,
): Promise<string> {
  const { db, database } = deps;
  const { module, version, rows, tables, extensions } = facts;
  return withoutRunningOperation(db, { waitMs }, async () => {
    await registry.refresh();
    const kept = await db.prisma.keptData.findFirst({ where: { module, kind: "kept" } });
    if (kept || registry.get(module)) {
      throw new GraftError(
        "CONFLICT",
        `${module} has data here already, kept from ${kept?.version ?? "an install"}.`,
        {
          hint: "Export and delete it under Data first, or install the module and restore then.",
          details: { module },
        },
      );
    }
    // To be deleted until it is whole: a host that dies on the way leaves nothing.
    const data = { module, version, digest: facts.digest ?? "", rows, tables };
    const { id } = await db.prisma.keptData.create({ data: { ...data, kind: deleting } });
    faultPoint("restore-kept.record.after");
    try {
      // A schema that is in no generation and kept by nobody: an earlier Graft was broken off.
      if (await database.exists(module)) await database.drop(module);
      await database.prepare({ module, extensions });
      await (await database.restore({ module, file })).commit();
      faultPoint("restore-kept.commit.after");
      const { bytes } = await database.inspect(module);
      await db.prisma.$transaction(async (tx) => {
        await tx.keptData.update({ where: { id }, data: { kind: "kept", bytes } });
        await auditIn(tx, actor, {
          action: "data.restore",
          target: module,
          summary: `Restore the data of ${module} ${version} as kept data: ${rows} rows`,
          details: { rows, tables, takenAt: facts.takenAt },
        });
      });
      faultPoint("restore-kept.whole.after");
      return id;
    } catch (error) {
      await database.drop(module);
      await db.prisma.keptData.delete({ where: { id } });
      throw error;
    }
  });
}
