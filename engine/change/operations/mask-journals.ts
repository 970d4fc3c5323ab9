import { type HostDb, toJson } from "../../core/index.ts";
import { maskingRules } from "../../supply/manifest/index.ts";
import { type ManifestOf, maskSettings } from "../plan/index.ts";
import { type OperationJournal, readJournal } from "./journal/journal.ts";

/** Finished operations of an earlier Graft that gave modules settings of a generation; one that is not needs its own. */
export async function journalsToMask(db: HostDb): Promise<string[]> {
  await db.prisma.$executeRaw`
    UPDATE graft.operations SET masked_by = ${maskingRules}
    WHERE masked_by < ${maskingRules} AND finished_at IS NOT NULL AND NOT journal @? '$.changes[*].settings'`;
  const where = { maskedBy: { lt: maskingRules }, finishedAt: { not: null } };
  return (await db.prisma.operation.findMany({ where, select: { id: true } })).map(({ id }) => id);
}

/** @returns false when it names a module that cannot be read */
export async function maskJournal(db: HostDb, id: string, manifestOf: ManifestOf): Promise<boolean> {
  const row = await db.prisma.operation.findUniqueOrThrow({ where: { id } });
  const journal = readJournal(row.journal);
  const changes: OperationJournal["changes"] = [];
  for (const change of journal.changes) {
    const { action, digest, settings } = change;
    const manifest = settings && manifestOf(digest);
    if (settings && !manifest) return false;
    changes.push(
      settings && manifest ? { ...change, settings: maskSettings(action, manifest, settings) } : change,
    );
  }
  const data = {
    journal: toJson({ ...journal, changes }),
    maskedBy: maskingRules,
  };
  await db.prisma.operation.update({ where: { id }, data });
  return true;
}
