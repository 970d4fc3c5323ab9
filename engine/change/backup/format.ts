import { z } from "zod";
import { GraftError } from "../../core/index.ts";

/**
 * A backup is a tar archive, compressed with zstd. In this order:
 *
 * | entry | |
 * | --- | --- |
 * | `backup.json` | what it holds and what made it: {@link BackupManifest} |
 * | `secret` | the host's secret, 64 hex digits: sessions and the passwords of roles derive from it |
 * | `host.rows` | rows of the host's tables (`engine/module-data/host/host-rows.ts`) |
 * | `modules/NAME-NUMBER.graft` | a database of a module's with its rows (`engine/module-data/snapshots`) |
 * | `store/…` | the OCI image layout |
 * | `files/…` | what else the data directory holds: exports, snapshots |
 * | `SHA256SUMS` | of every entry before it, as `sha256sum -c` reads it |
 * | `SIGNATURE` | of the bytes of `SHA256SUMS`, Ed25519, with the key that made it: the host's own (`signing-key.ts`) |
 *
 * After the archive comes an end with the checksum of the file (`archive-end.ts`), which other tools pass over.
 */
export const entryNames = {
  manifest: "backup.json",
  secret: "secret",
  host: "host.rows",
  modules: "modules/",
  store: "store/",
  files: "files/",
  sums: "SHA256SUMS",
  signature: "SIGNATURE",
} as const;

export const formatVersion = 2;

const backupModule = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  /** Number of the database. */
  database: z.int(),
  version: z.string(),
  /** `kept`: uninstalled, its data left standing; `snapshot`: as it stood before a change, to go back to. */
  state: z.enum(["installed", "kept", "snapshot"]),
});
export type BackupModule = z.infer<typeof backupModule>;

/** Its entry in the archive. */
export const entryOf = ({ name, database }: Pick<BackupModule, "name" | "database">) =>
  `${entryNames.modules}${name}-${database}.graft`;

const backupManifest = z.object({
  graft: z.literal("backup"),
  v: z.literal(formatVersion),
  /** Of the Graft that made it. */
  version: z.string(),
  createdAt: z.string(),
  generation: z.int(),
  /** Major version of the server. */
  postgres: z.int(),
  /** Applied to the host's schema. */
  migrations: z.array(z.string()),
  modules: z.array(backupModule),
});

export type BackupManifest = z.infer<typeof backupManifest>;

/** @throws BACKUP_INVALID, BACKUP_TOO_NEW */
export function parseManifest(file: string, text: string): BackupManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(file, "its first entry is not a description of a backup");
  }
  const { graft, v, version } = (value ?? {}) as Record<string, unknown>;
  if (graft === "backup" && typeof v === "number" && v > formatVersion) {
    throw new GraftError("BACKUP_TOO_NEW", `${file} was made by Graft ${version} in a newer format.`, {
      hint: `Restore it with Graft ${version} or newer.`,
      details: { file, version, format: v },
    });
  }
  const parsed = backupManifest.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(file, "its first entry is not a description of a backup");
}

export function invalid(file: string, reason: string, cause?: unknown): GraftError {
  return new GraftError("BACKUP_INVALID", `${file} cannot be used: ${reason}.`, {
    hint: "Nothing was changed. Use another copy of the backup.",
    details: { file, reason },
    ...(cause === undefined ? {} : { cause }),
  });
}

const full = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** An error of the file system that says there is no space, as one that says where; any other as it is. */
export function explainDiskFull(error: unknown, path: string): unknown {
  const { code = "" } = (error ?? {}) as NodeJS.ErrnoException;
  if (!full.has(code)) return error;
  return new GraftError("DISK_FULL", `There is no space left for ${path} (${code}).`, {
    hint: "Make space there, then try again. Nothing was changed.",
    details: { path },
    cause: error,
  });
}
