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
  by: z.enum(["author", "prisma"]),
  scripts: z.array(z.strictObject({ name: z.string(), sql: z.string() })),
  migrations: z.array(z.string()),
  from: z.string(),
  structure: z.string(),
}) satisfies z.ZodType<ReverseMigration>;

/** How the data of a module gets to the shape of its version. */
const data = z.discriminatedUnion("action", [
  /** The version has no database. */
  z.strictObject({ action: z.literal("none") }),
  z.strictObject({ action: z.literal("keep") }),
  z.strictObject({ action: z.literal("migrate") }),
  /** Back to a snapshot. */
  z.strictObject({ action: z.literal("restore"), file }),
  /** By SQL that leads back. */
  z.strictObject({ action: z.literal("revert"), way }),
]);

/** Taken before the data changes, of the version that is left. */
const snapshot = z.strictObject({ file, version: z.string(), digest: z.string(), reason: z.string() });

const change = {
  module: z.string(),
  title: z.string(),
  digest,
  hasProcess: z.boolean(),
  data,
  snapshot: snapshot.nullable(),
  /** Of a generation gone back to. */
  settings: settings.optional(),
  /** New permissions that were accepted with it. */
  accepted: z.array(z.string()),
};

const install = z.strictObject({
  ...change,
  action: z.literal("install"),
  access: access.nullable(),
  /** What becomes of the data of an earlier install. `fresh` deletes it. */
  keptData: z.enum(["none", "reuse", "fresh"]),
  /** Its schema and roles did not exist before; undoing drops these and no others. */
  created: z.boolean(),
  /** `held`: what is there is used by nobody until the change has ended; taking back restores the snapshot. */
  cutover: z.enum(["plain", "held"]),
});

const upgrade = z.strictObject({
  ...change,
  action: z.literal("upgrade"),
  /** The digest before. */
  from: digest,
  /**
   * `held`: the running version cannot live with the change: its requests wait, and taking back restores the snapshot.
   * `early`: the version gone back to can live with what the newer one added, so it takes over before anything is
   * committed: no request waits, and nothing is left that could fail afterwards. Of all changes of an operation or none.
   */
  cutover: z.enum(["plain", "held", "early"]),
  /** Its migrations ask for indexes that are built while it serves. */
  hasIndexes: z.boolean(),
});

const removal = z.strictObject({
  module: z.string(),
  title: z.string(),
  version: z.string(),
  digest,
  hasProcess: z.boolean(),
  hasData: z.boolean(),
  data: z.discriminatedUnion("action", [
    z.strictObject({ action: z.literal("keep") }),
    z.strictObject({ action: z.literal("export"), file, snapshot }),
    z.strictObject({ action: z.literal("delete"), snapshot }),
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
  /** Rows of `kept_data` whose data is used again; not of what was to begin anew. */
  kept: z.array(
    keptRow.extend({
      kind: z.literal("kept"),
      operationId: z.string().nullable(),
      createdAt: z.iso.datetime(),
    }),
  ),
});
function lostModule() {
  return z.strictObject({
    name: z.string(),
    config: z.record(z.string(), z.json()),
    rules: z.array(z.strictObject({ target: z.string(), setting: access })),
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
export type JournalSnapshot = z.infer<typeof snapshot>;
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
