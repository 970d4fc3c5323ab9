import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import {
  type Actor,
  type Digest,
  faultPoint,
  GraftError,
  type HostDb,
  isUuid,
  type Problem,
} from "../../core/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";
import { auditIn } from "../../people/index.ts";
import { isLeftOver, reasonOf, recordLeftOver } from "../attention/index.ts";
import { isDatabaseUnavailable } from "../lead/is-database-unavailable.ts";
import { tryLead } from "../lead/leader.ts";
import { awaitLead } from "../lead/without-running-operation.ts";
import type { KeptSummary } from "../plan/index.ts";
import type { KeptData, KeptDataView } from "./types.ts";

export interface KeptDataDeps {
  db: HostDb;
  database: ModuleDatabase;
  dataDir: string;
  toProblem(error: unknown): Problem;
}

export type KeptDataRoom = KeptData & {
  summaries(): Promise<KeptHere[]>;
  /** Of which a crash left the half. One that fails is left over, to be tried again. */
  finishDeletions(): Promise<void>;
  /** The same of one that was left over. The caller leads. */
  finishDeletion(id: string): Promise<void>;
  /** Deletes one, audited as `why` says. The caller leads. */
  remove(actor: Actor, row: KeptDataRow, why: { action: string; summary: string }): Promise<void>;
};

/** With the number of the database (null: it is being made), and the version that left it. */
export type KeptHere = KeptSummary & { database: number | null; digest: Digest };

/** Recorded before the first effect, so that a crash cannot leave a half that looks whole. What has it goes at a start. */
export const deleting = "deleting";

const nouns: Record<string, string> = { exported: "the export", snapshot: "a snapshot" };

/** Of the data that waits for its module to be installed again. */
export async function keptVersions(
  db: HostDb,
): Promise<Map<string, { version: string; digest: Digest; database: number }>> {
  const rows = await db.prisma.keptData.findMany({ where: { kind: "kept", database: { not: null } } });
  return new Map(
    rows.map(({ module, version, digest, database }) => [
      module,
      { version, digest: digest as Digest, database: database ?? 0 },
    ]),
  );
}

export type KeptDataRow = Awaited<ReturnType<HostDb["prisma"]["keptData"]["findMany"]>>[number];

export function viewKept(row: KeptDataRow): KeptDataView {
  const { id, module, version, kind, tables, rows, bytes, createdAt, reason } = row;
  return {
    ...{ id, module, version, tables, reason, stands: row.database !== null },
    kind: kind === "exported" || kind === "snapshot" ? kind : "kept",
    rows: Number(rows),
    bytes: Number(bytes),
    createdAt: createdAt.toISOString(),
  };
}

export function createKeptData(deps: KeptDataDeps): KeptDataRoom {
  const { keptData } = deps.db.prisma;
  async function find(id: string) {
    const row = isUuid(id) ? await keptData.findUnique({ where: { id, kind: { not: deleting } } }) : null;
    if (!row) throw new GraftError("NOT_FOUND", `There is no kept data ${id}.`);
    return row;
  }
  async function finish({
    id,
    module,
    file,
    database,
  }: Pick<KeptDataRow, "id" | "module" | "file" | "database">) {
    faultPoint("kept-data.record.after");
    if (file !== null) await rm(join(deps.dataDir, file), { force: true });
    // What a module came back to is its own again.
    if (database !== null && (await deps.db.prisma.module.count({ where: { name: module, database } })) === 0)
      await deps.database.drop({ module, database });
    faultPoint("kept-data.drop.after");
    await keptData.deleteMany({ where: { id } });
    faultPoint("kept-data.delete.after");
  }
  /** Each time a host starts or looks for what others left, so one that cannot be dropped must not stop that. */
  async function finishOrLeave(row: KeptDataRow): Promise<void> {
    const { id, module, version } = row;
    try {
      if (!(await isLeftOver(deps.db, { kind: "deletion", keptData: id }))) await finish(row);
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      await recordLeftOver(deps.db, {
        title: `Delete the data of ${module} ${version}`,
        modules: [module],
        work: { kind: "deletion", keptData: id },
        problem: reasonOf(deps.toProblem, error),
      });
    }
  }
  async function remove(actor: Actor, row: KeptDataRow, why: { action: string; summary: string }) {
    await deps.db.prisma.$transaction(async (tx) => {
      await tx.keptData.update({ where: { id: row.id }, data: { kind: deleting } });
      await auditIn(tx, actor, { ...why, target: row.module });
    });
    await finish(row);
  }
  return {
    remove,
    async finishDeletions() {
      if ((await keptData.count({ where: { kind: deleting } })) === 0) return;
      const lead = await tryLead(deps.db, { waitMs: 0 });
      if (!lead) return;
      try {
        for (const row of await keptData.findMany({ where: { kind: deleting } })) await finishOrLeave(row);
      } finally {
        await lead.release();
      }
    },
    async finishDeletion(id) {
      const row = await keptData.findUnique({ where: { id, kind: deleting } });
      if (row) await finish(row);
    },
    async list() {
      const rows = await keptData.findMany({
        where: { kind: { not: deleting } },
        orderBy: { createdAt: "desc" },
      });
      return rows.map(viewKept);
    },
    async summaries() {
      const rows = await keptData.findMany({ where: { kind: "kept" } });
      return rows.map(({ module, version, digest, tables, rows, bytes, createdAt, database }) => ({
        ...{ module, version, digest: digest as Digest, tables, database },
        rows: Number(rows),
        bytes: Number(bytes),
        keptAt: createdAt.toISOString(),
      }));
    },
    async open(id) {
      const row = await find(id);
      if (row.file !== null) {
        const path = join(deps.dataDir, row.file);
        return { path, name: basename(row.file), bytes: Number(row.bytes), once: false };
      }
      const { module, version, digest, database } = row;
      if (database === null) throw new GraftError("NOT_FOUND", `There is no kept data ${id}.`);
      const name = `${module}-${version}-${database}.graft`;
      const path = join(deps.dataDir, "exports", `.download-${randomUUID()}.graft`);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const place = { module, database };
      const { bytes } = await deps.database.snapshot({ place, version, digest, file: path });
      return { path, name, bytes, once: true };
    },
    async delete(actor: Actor, id: string) {
      const row = await find(id);
      // A database may be dropped only while nobody installs the module that would take it over.
      const lead = await awaitLead(deps.db);
      if (!lead)
        throw new GraftError("OPERATION_IN_PROGRESS", "Another change is being applied right now.", {
          retryable: true,
        });
      try {
        const what = nouns[row.kind] ?? "the kept data";
        const summary = `Delete ${what} of ${row.module} ${row.version}`;
        await remove(actor, row, { action: "data.delete", summary });
      } finally {
        await lead.release();
      }
    },
  };
}
