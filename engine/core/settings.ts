import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { type BackupSettings, backupVariables, toBackupSettings } from "./backup-settings.ts";
import { GraftError } from "./errors.ts";

const blankAsUnset = (value: unknown) => (value === "" ? undefined : value);
const optional = z.preprocess(blankAsUnset, z.string().optional());

const catalogSpec = z
  .string()
  .refine(
    (entry) => !entry.startsWith("oci:"),
    "catalogs in OCI registries are not supported by this version of Graft; use `builtin` or `dir:PATH`",
  )
  .refine((entry) => /^(oci:|builtin$|dir:.)/.test(entry), "each entry is `builtin` or `dir:PATH`");

const schema = z.object({
  PORT: z.preprocess(blankAsUnset, z.coerce.number().int().min(0).max(65535).default(3000)),
  HOST: z.preprocess(blankAsUnset, z.string().default("127.0.0.1")),
  GRAFT_DATA_DIR: z.preprocess(blankAsUnset, z.string().default(".graft")),
  DATABASE_URL: z.preprocess(
    blankAsUnset,
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must start with postgresql://")
      .optional(),
  ),
  GRAFT_MODULE_DATABASE_URL: z.preprocess(
    blankAsUnset,
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must start with postgresql://")
      .optional(),
  ),
  GRAFT_URL: z.preprocess(blankAsUnset, z.url({ protocol: /^https?$/ }).optional()),
  GRAFT_SECRET: z.preprocess(blankAsUnset, z.string().min(32, "must have at least 32 characters").optional()),
  GRAFT_ADMIN_EMAIL: z.preprocess(blankAsUnset, z.email().optional()),
  GRAFT_ADMIN_PASSWORD: optional,
  GRAFT_SMTP_URL: z.preprocess(
    blankAsUnset,
    z
      .string()
      .regex(/^smtps?:\/\/[^/\s]+/, "must be like smtps://user:password@mail.example.org")
      .optional(),
  ),
  GRAFT_MAIL_FROM: z.preprocess(
    blankAsUnset,
    z
      .string()
      .regex(/^([^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/, "must be an address, or Name <address>")
      .optional(),
  ),
  GRAFT_CATALOGS: z.preprocess(
    (v) =>
      v === undefined || v === ""
        ? ["builtin"]
        : String(v)
            .split(",")
            .map((s) => s.trim()),
    z.array(catalogSpec),
  ),
  GRAFT_SANDBOX: z.preprocess(blankAsUnset, z.enum(["auto", "require"]).default("auto")),
  GRAFT_LOG_LEVEL: z.preprocess(
    blankAsUnset,
    z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  ),
  GRAFT_CHECK_ANSWERS: z.preprocess(blankAsUnset, z.stringbool().default(false)),
  ...backupVariables,
});

export interface Settings {
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** Undefined: the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  /** Where the databases of modules are. Undefined: on the server of `databaseUrl`, or an embedded one of their own. */
  moduleDatabaseUrl: string | undefined;
  /** The public address as given; undefined: derived from host and port. */
  publicUrl: string | undefined;
  /** Undefined: generated into the data directory. */
  secret: string | undefined;
  adminEmail: string | undefined;
  adminPassword: string | undefined;
  /** Where e-mail is sent through; undefined: none is sent. */
  smtpUrl: string | undefined;
  mailFrom: string | undefined;
  catalogs: string[];
  /** `require`: no module runs on a machine that cannot put it into namespaces. */
  sandbox: "auto" | "require";
  logLevel: string;
  /** Holds each answer of the API against its contract; for tests. */
  checkAnswers: boolean;
  backup: BackupSettings;
}

/**
 * Reads the environment; each variable may come as `NAME_FILE`, a path whose content is the value.
 * @throws SETTINGS_INVALID once, listing every wrong variable in `details.problems`.
 */
export function loadSettings(env: Record<string, string | undefined>, cwd = process.cwd()): Settings {
  const problems: string[] = [];
  const raw: Record<string, string | undefined> = {};
  for (const name of Object.keys(schema.shape)) raw[name] = readVariable(env, name, problems);
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(`${issue.path[0]?.toString()}: ${issue.message}`);
  }
  if (parsed.success && parsed.data.GRAFT_SMTP_URL !== undefined && !parsed.data.GRAFT_MAIL_FROM)
    problems.push(
      "GRAFT_MAIL_FROM: mail needs a sender beside GRAFT_SMTP_URL, as in Graft <graft@example.org>",
    );
  const backup = parsed.success ? toBackupSettings(parsed.data, cwd, problems) : null;
  if (!parsed.success || backup === null || problems.length > 0) {
    throw new GraftError("SETTINGS_INVALID", `Wrong settings:\n  ${problems.join("\n  ")}`, {
      hint: "Correct the environment variables named above; the README has a table of all of them.",
      details: { problems },
    });
  }
  const s = parsed.data;
  return {
    port: s.PORT,
    host: s.HOST,
    dataDir: resolve(cwd, s.GRAFT_DATA_DIR),
    databaseUrl: s.DATABASE_URL,
    moduleDatabaseUrl: s.GRAFT_MODULE_DATABASE_URL,
    publicUrl: s.GRAFT_URL,
    secret: s.GRAFT_SECRET,
    adminEmail: s.GRAFT_ADMIN_EMAIL,
    adminPassword: s.GRAFT_ADMIN_PASSWORD,
    smtpUrl: s.GRAFT_SMTP_URL,
    mailFrom: s.GRAFT_MAIL_FROM,
    catalogs: s.GRAFT_CATALOGS,
    sandbox: s.GRAFT_SANDBOX,
    logLevel: s.GRAFT_LOG_LEVEL,
    checkAnswers: s.GRAFT_CHECK_ANSWERS,
    backup,
  };
}

function readVariable(env: Record<string, string | undefined>, name: string, problems: string[]) {
  const file = env[`${name}_FILE`];
  if (!file) return env[name];
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    problems.push(`${name}_FILE: cannot read ${file} (${(cause as NodeJS.ErrnoException).code})`);
    return undefined;
  }
}
