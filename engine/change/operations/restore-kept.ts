import { faultPoint, GraftError } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import { withoutRunningOperation } from "../lead/without-running-operation.ts";
import { deleting } from "../retained/kept-data.ts";
import { allocateDatabase } from "./allocate-database.ts";
import { type ModuleDataDeps, type ModuleDataRooms, type UploadedData, waitMs } from "./module-data-deps.ts";

/** As data that an uninstall kept: the next install offers it, and migrates it forward. */
export async function restoreKept(
  deps: ModuleDataDeps,
  { registry }: ModuleDataRooms,
  { actor, facts, file }: UploadedData,
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
    const place = { module, database: await allocateDatabase(deps, module) };
    const data = { ...place, version, digest: facts.digest ?? "", rows, tables };
    const { id } = await db.prisma.keptData.create({ data: { ...data, kind: deleting } });
    faultPoint("restore-kept.record.after");
    try {
      await database.create({ place, extensions });
      await database.restore({ place, file });
      await database.retire(place);
      faultPoint("restore-kept.commit.after");
      const { bytes } = await database.inspect(place);
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
      await database.drop(place);
      await db.prisma.keptData.delete({ where: { id } });
      throw error;
    }
  });
}
