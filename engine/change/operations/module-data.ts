import { GraftError } from "../../core/index.ts";
import type { SnapshotFacts } from "../../module-data/index.ts";
import { auditIn } from "../../people/index.ts";
import { withoutRunningOperation } from "../lead/without-running-operation.ts";
import { keptVersions } from "../retained/kept-data.ts";
import { type ModuleDataDeps, type ModuleDataRooms, waitMs } from "./module-data-deps.ts";
import { restoreInstalled } from "./restore-installed.ts";
import { restoreKept } from "./restore-kept.ts";
import type { ModuleDataFiles } from "./types.ts";

/** The data of one module as a file, and back. */
export function createModuleData(deps: ModuleDataDeps, rooms: ModuleDataRooms): ModuleDataFiles {
  const { db, database } = deps;
  return {
    async export(actor, module, file) {
      return withoutRunningOperation(db, { waitMs }, async () => {
        await rooms.registry.refresh();
        const { version, digest, place } = await findData(deps, rooms, module);
        const { bytes, rows, tables } = await database.snapshot({ place, version, digest, file });
        await auditIn(db.prisma, actor, {
          action: "data.export",
          target: module,
          summary: `Export the data of ${module} ${version}: ${rows} rows`,
          details: { bytes, rows, tables },
        });
        return { version, bytes, rows, tables };
      });
    },
    async restore(actor, module, { file, confirm }) {
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
        return { operation: null, keptDataId: await restoreKept(deps, rooms, { actor, facts, file }) };
      assertSameVersion(facts, installed);
      if (confirm !== module) {
        throw new GraftError(
          "CONFIRMATION_REQUIRED",
          `Restoring replaces all data of ${installed.title} by ${facts.rows} rows of ${facts.takenAt}.`,
          { hint: `Confirm by giving its name, ${module}.`, details: { modules: [module] } },
        );
      }
      return { operation: await restoreInstalled(deps, rooms, { actor, facts, file }), keptDataId: null };
    },
  };
}

async function findData({ db }: ModuleDataDeps, { registry }: ModuleDataRooms, module: string) {
  const installed = registry.get(module);
  if (installed && installed.database !== null) {
    const { version, digest, database } = installed;
    return { version, digest: digest as string, place: { module, database } };
  }
  const kept = (await keptVersions(db)).get(module);
  if (kept)
    return {
      version: kept.version,
      digest: kept.digest as string,
      place: { module, database: kept.database },
    };
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
