import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ModuleDataDeps, ModuleDataRooms, UploadedData } from "./module-data-deps.ts";

/** By an operation, as going back is: requests wait, a snapshot is taken, and not healthy means taken back. */
export async function restoreInstalled(
  deps: ModuleDataDeps,
  { operations, plans }: ModuleDataRooms,
  { actor, facts, file: from }: UploadedData,
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
    const plan = await plans.restoreData(actor, module, { id: row.id, database: null, takenAt, rows });
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
