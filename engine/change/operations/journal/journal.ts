import { z } from "zod";
import { accessSetting as access } from "../../../../contract/access.ts";
import { GraftError } from "../../../core/index.ts";
import type { ReverseMigration } from "../../../module-data/index.ts";
import type { PlanSettings } from "../../plan/index.ts";
import type { KeptRow } from "../../retained/kept-row.ts";

// All that recovery needs on any host stands here, so that which steps an operation takes follows from its journal alone.

const digest = z.templateLiteral(["sha256:", z.string()]);
/** Below the data directory. */
const file = z.string().min(1);

const settings = z.strictObject({
  access: z.record(z.string(), access),
  config: z.record(z.string(), z.unknown()),
}) satisfies z.ZodType<PlanSettings>;

const way = z.strictObject({
  by: z.enum(["author", "graft"]),
  scripts: z.array(z.strictObject({ name: z.string(), sql: z.string() })),
  migrations: z.array(z.string()),
  from: z.string(),
  structure: z.string(),
}) satisfies z.ZodType<ReverseMigration>;

/** Number of a database. */
const database = z.int();
/** How the data of a module gets to the shape of its version, and the database that holds it then. */
const data = z.discriminatedUnion("action", [
  /** The version has no database. */
  z.strictObject({ action: z.literal("none") }),
  z.strictObject({ action: z.literal("keep"), to: database }),
  /** A new database, in which the history runs plainly. */
  z.strictObject({ action: z.literal("create"), to: database }),
  /** A copy, in which what is pending runs plainly, or SQL that leads back. */
  z.strictObject({ action: z.literal("copy"), from: database, to: database, way: way.optional() }),
  /** One that stands as it was left is used again. */
  z.strictObject({ action: z.literal("point"), to: database }),
  /** A snapshot's file into a new database. */
  z.strictObject({ action: z.literal("restore"), to: database, file }),
  /** In place, in one transaction: what is pending. */
  z.strictObject({ action: z.literal("migrate"), to: database }),
  /** In place, in one transaction: SQL that leads back. */
  z.strictObject({ action: z.literal("revert"), to: database, way }),
]);

/** Taken before the data changes in place, of the version that is left. */
const snapshot = z.strictObject({ file, version: z.string(), digest: z.string(), reason: z.string() });
/** A database that no generation to come names and that stands from then on, as a snapshot or as kept data. */
const left = z.strictObject({ database, version: z.string(), digest: z.string(), reason: z.string() });

/** As stored. */
const configuration = {
  config: z.record(z.string(), z.json()),
  secrets: z.array(z.string()).readonly(),
  aside: z.record(z.string(), z.json()),
};

const change = {
  module: z.string(),
  title: z.string(),
  digest,
  hasProcess: z.boolean(),
  data,
  /** The database that the module has, when its new version gets another, or that was kept of it. */
  left: left.nullable(),
  snapshot: snapshot.nullable(),
  /** Of a generation gone back to; who has it is taken from here. */
  settings: settings.optional(),
  /** What its settings are with this version, secrets sealed; absent: none, before or after. */
  configuration: z.strictObject(configuration).optional(),
  /** New permissions that were accepted with it. */
  accepted: z.array(z.string()),
};

const install = z.strictObject({
  ...change,
  action: z.literal("install"),
  access: access.nullable(),
  /** Kept of an earlier install, and deleted once this change has come to its end. */
  discards: database.nullable(),
  cutover: z.literal("plain"),
});

const upgrade = z.strictObject({
  ...change,
  action: z.literal("upgrade"),
  /** The digest before. */
  from: digest,
  /**
   * `held`: its requests wait while the data goes to another database; taking back points at the one it had.
   * `early`: the version gone back to can live with what the newer one added, so it takes over before anything is
   * committed: no request waits, and nothing is left that could fail afterwards. Of all changes of an operation or none.
   */
  cutover: z.enum(["plain", "held", "early"]),
});

const removal = z.strictObject({
  module: z.string(),
  title: z.string(),
  version: z.string(),
  digest,
  hasProcess: z.boolean(),
  /** The database that it leaves standing: until it is installed again, or, deleted, as long as retention says. */
  left: left.nullable(),
  data: z.discriminatedUnion("action", [
    z.strictObject({ action: z.literal("keep") }),
    z.strictObject({ action: z.literal("export"), file }),
    z.strictObject({ action: z.literal("delete") }),
  ]),
  /** Who had it, so that taking the removal back gives it back to them. */
  access: access.nullable(),
});

const keptRow = z.strictObject({
  module: z.string(),
  version: z.string(),
  digest: z.string(),
  kind: z.enum(["kept", "exported", "snapshot"]),
  file: file.nullable(),
  database: database.nullable(),
  bytes: z.number(),
  tables: z.number(),
  rows: z.number(),
  reason: z.string().optional(),
  operationId: z.string(),
}) satisfies z.ZodType<KeptRow>;

/** What a commit takes out of the host's tables and only they had: needed once more if the change is taken back. */
const lost = z.strictObject({
  modules: z.array(lostModule()),
  /** Of modules that stay and got other settings. */
  changed: z.array(lostModule()),
  /** Rows of `kept_data` whose database is used again, or was to be deleted. */
  kept: z.array(
    keptRow.extend({
      id: z.string(),
      reason: z.string().nullable(),
      operationId: z.string().nullable(),
      createdAt: z.iso.datetime(),
    }),
  ),
});
function lostModule() {
  return z.strictObject({
    name: z.string(),
    ...configuration,
    /** Null: they did not change. */
    rules: z.array(z.strictObject({ target: z.string(), setting: access })).nullable(),
  });
}

const plan = {
  base: z.int(),
  /** Heading: "Install Announcements 1.0.0". */
  reason: z.string(),
  /** Dependencies first. */
  changes: z.array(z.discriminatedUnion("action", [install, upgrade])),
  /** Dependents first. */
  removals: z.array(removal),
};

const journal = z.discriminatedUnion("phase", [
  /** Written before the first effect. */
  z.strictObject({ ...plan, phase: z.literal("preparing") }),
  /** Written by the decision: what was prepared is whole, and `kept` is what the commit writes of it. */
  z.strictObject({ ...plan, phase: z.literal("decided"), kept: z.array(keptRow), lost: lost.optional() }),
]);

export type JournalChange = z.infer<typeof install> | z.infer<typeof upgrade>;
export type JournalData = z.infer<typeof data>;
export type JournalRemoval = z.infer<typeof removal>;
export type JournalLeft = z.infer<typeof left>;
export type LostSettings = z.infer<typeof lost>;
/** What an operation set out to do, and from its decision on what it has prepared. */
export type OperationJournal = z.infer<typeof journal>;
export type DecidedJournal = Extract<OperationJournal, { phase: "decided" }>;

/** @throws INTERNAL for one that could be understood in two ways: nothing is done by halves of a journal */
export function readJournal(column: unknown): OperationJournal {
  const { success, data, error } = journal.safeParse(column);
  if (success) return data;
  throw new GraftError("INTERNAL", `The journal of an operation cannot be read: ${z.prettifyError(error)}`);
}
