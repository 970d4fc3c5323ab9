import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Actor, type Digest, faultPoint, GraftError, type HostDb } from "../../core/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";
import { auditIn } from "../../people/index.ts";
import { tryLead } from "../lead/leader.ts";
import type { KeptSummary } from "../plan/index.ts";
import type { KeptData, KeptDataView } from "./types.ts";

export interface KeptDataDeps {
  db: HostDb;
  database: ModuleDatabase;
  dataDir: string;
}

export type KeptDataRoom = KeptData & {
  summaries(): Promise<KeptSummary[]>;
  /** Of which a crash left the half. */
  finishDeletions(): Promise<void>;
  /** Deletes one, audited as `why` says. The caller leads. */
  remove(actor: Actor, row: KeptDataRow, why: { action: string; summary: string }): Promise<void>;
};

/** Recorded before the first effect, so that a crash cannot leave a half that looks whole. What has it goes at a start. */
export const deleting = "deleting";

const nouns: Record<string, string> = { exported: "the export", snapshot: "a snapshot" };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Of the data that waits for its module to be installed again. */
export async function keptVersions(db: HostDb): Promise<Map<string, { version: string; digest: Digest }>> {
  const rows = await db.prisma.keptData.findMany({ where: { kind: "kept" } });
  return new Map(rows.map(({ module, version, digest }) => [module, { version, digest: digest as Digest }]));
}

export type KeptDataRow = Awaited<ReturnType<HostDb["prisma"]["keptData"]["findMany"]>>[number];

export function viewKept(row: KeptDataRow): KeptDataView {
  const { id, module, version, kind, tables, rows, bytes, createdAt, reason } = row;
  return {
    ...{ id, module, version, tables, reason },
    kind: kind === "exported" || kind === "snapshot" ? kind : "kept",
    rows: Number(rows),
    bytes: Number(bytes),
    createdAt: createdAt.toISOString(),
  };
}

export function createKeptData(deps: KeptDataDeps): KeptDataRoom {
  const { keptData } = deps.db.prisma;
  async function find(id: string) {
    const row = uuid.test(id) ? await keptData.findUnique({ where: { id, kind: { not: deleting } } }) : null;
    if (!row) throw new GraftError("NOT_FOUND", `There is no kept data ${id}.`);
    return row;
  }
  async function finish({ id, module, file }: { id: string; module: string; file: string | null }) {
    faultPoint("kept-data.record.after");
    if (file !== null) await rm(join(deps.dataDir, file), { force: true });
    // Data that a module came back to is its own again.
    else if ((await deps.db.prisma.module.count({ where: { name: module } })) === 0)
      await deps.database.drop(module);
    faultPoint("kept-data.drop.after");
    await keptData.deleteMany({ where: { id } });
    faultPoint("kept-data.delete.after");
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
        for (const row of await keptData.findMany({ where: { kind: deleting } })) await finish(row);
      } finally {
        await lead.release();
      }
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
      return rows.map(({ module, version, tables, rows, bytes, createdAt }) => ({
        module,
        version,
        tables,
        rows: Number(rows),
        bytes: Number(bytes),
        keptAt: createdAt.toISOString(),
      }));
    },
    async open(id) {
      const row = await find(id);
      if (row.file === null)
        throw new GraftError("NOT_FOUND", "This data is kept in the database and has no file.", {
          hint: "Install the module again to use it.",
        });
      return { path: join(deps.dataDir, row.file), name: basename(row.file), bytes: Number(row.bytes) };
    },
    async delete(actor: Actor, id: string) {
      const row = await find(id);
      // A schema may be dropped only while nobody installs the module that would take it over.
      const lead = await tryLead(deps.db);
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
