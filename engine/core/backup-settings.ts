import { resolve } from "node:path";
import { z } from "zod";

/** Where scheduled backups are kept, and how they are encrypted: of the environment, so that nobody sets it in a browser. */
export interface BackupSettings {
  /** A folder, absolute, or `s3://BUCKET/PREFIX`. Undefined: in the data directory. */
  to: string | undefined;
  /** Of `s3://`. */
  s3: { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string } | undefined;
  passphrase: string | undefined;
  /** An age recipient. */
  recipient: string | undefined;
  /** age identities, one a line: what opens backups that were encrypted for their recipients. */
  identity: string | undefined;
  /** Fingerprint of the key that a backup must be signed with to be restored. */
  key: string | undefined;
}

const blankAsUnset = (value: unknown) => (value === "" ? undefined : value);
const optional = z.preprocess(blankAsUnset, z.string().optional());

export const backupVariables = {
  GRAFT_BACKUP_TO: z.preprocess(
    blankAsUnset,
    z
      .string()
      .regex(
        /^(s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[^?#]*)?|(?![a-z0-9]+:\/\/).+)$/,
        "must be a folder or s3://BUCKET/PREFIX",
      )
      .optional(),
  ),
  GRAFT_BACKUP_S3_ENDPOINT: z.preprocess(blankAsUnset, z.url({ protocol: /^https?$/ }).optional()),
  GRAFT_BACKUP_S3_REGION: z.preprocess(blankAsUnset, z.string().default("auto")),
  GRAFT_BACKUP_S3_KEY_ID: optional,
  GRAFT_BACKUP_S3_SECRET: optional,
  GRAFT_BACKUP_PASSPHRASE: z.preprocess(
    blankAsUnset,
    z.string().min(12, "must have at least 12 characters").optional(),
  ),
  GRAFT_BACKUP_RECIPIENT: z.preprocess(
    blankAsUnset,
    z
      .string()
      .regex(/^age1[a-z0-9]{50,}$/, "must be an age recipient, as age1…")
      .optional(),
  ),
  GRAFT_BACKUP_IDENTITY: z.preprocess(
    blankAsUnset,
    z
      .string()
      .regex(/^AGE-SECRET-KEY-/m, "must hold an age identity, as AGE-SECRET-KEY-1…")
      .optional(),
  ),
  GRAFT_BACKUP_KEY: z.preprocess(
    blankAsUnset,
    z
      .string()
      .regex(/^[0-9a-f]{32}$/, "must be a fingerprint of 32 hex digits")
      .optional(),
  ),
};

type Variables = z.infer<z.ZodObject<typeof backupVariables>>;

/** What does not go together is told in `problems`. */
export function toBackupSettings(variables: Variables, cwd: string, problems: string[]): BackupSettings {
  const {
    GRAFT_BACKUP_TO: to,
    GRAFT_BACKUP_PASSPHRASE: passphrase,
    GRAFT_BACKUP_RECIPIENT: recipient,
  } = variables;
  const endpoint = variables.GRAFT_BACKUP_S3_ENDPOINT;
  const accessKeyId = variables.GRAFT_BACKUP_S3_KEY_ID;
  const secretAccessKey = variables.GRAFT_BACKUP_S3_SECRET;
  const isS3 = to?.startsWith("s3://") ?? false;
  const needed = {
    GRAFT_BACKUP_S3_ENDPOINT: endpoint,
    GRAFT_BACKUP_S3_KEY_ID: accessKeyId,
    GRAFT_BACKUP_S3_SECRET: secretAccessKey,
  };
  for (const [name, value] of Object.entries(needed))
    if (isS3 && value === undefined) problems.push(`${name}: is needed for ${to}`);
  if (passphrase !== undefined && recipient !== undefined)
    problems.push(
      "GRAFT_BACKUP_RECIPIENT: backups are encrypted with a passphrase or for a recipient, not both",
    );
  return {
    to: to === undefined || isS3 ? to : resolve(cwd, to),
    s3:
      isS3 && endpoint && accessKeyId && secretAccessKey
        ? { endpoint, region: variables.GRAFT_BACKUP_S3_REGION, accessKeyId, secretAccessKey }
        : undefined,
    ...{ passphrase, recipient },
    identity: variables.GRAFT_BACKUP_IDENTITY,
    key: variables.GRAFT_BACKUP_KEY,
  };
}
