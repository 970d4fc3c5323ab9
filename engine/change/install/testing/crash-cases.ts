import type { HostCommand } from "../../../edge/host/testing/run-host.ts";
import { echoServer, writeModule } from "../../../edge/host/testing/write-module.ts";
import type { PlanChange } from "../../plan/index.ts";

/** One way through the engine, and the points at which a test kills a host on it. */
export interface Scenario {
  /** From a system without modules. */
  setUp: PlanChange[][];
  /** SQL that somebody ran in alpha's database since. */
  edit?: string;
  command: HostCommand;
  /** Each is a test: killed there, started again, the system is as before or as after. */
  points: string[];
  /**
   * Each is a test: killed at the first, then while it recovers at every other in turn, and only then left to recover.
   * Together they kill at every point of recovery.
   */
  chains?: string[][];
  /** It ends as it began: what is left must be the state before. */
  fails?: true;
}

const one: PlanChange[] = [
  { action: "install", module: "alpha", version: "1.0.0", access: { mode: "everyone" } },
];
const both: PlanChange[] = [{ action: "install", module: "beta", access: { mode: "everyone" } }];
const upgrade = (version: string): HostCommand => ({
  do: "apply",
  changes: [{ action: "upgrade", module: "alpha", version }],
});
const uninstall = (data: "keep" | "export" | "delete"): HostCommand => ({
  do: "apply",
  changes: [
    { action: "uninstall", module: "beta", data },
    { action: "uninstall", module: "alpha", data },
  ],
});
const around = (...steps: string[]) => steps.flatMap((step) => [`${step}.before`, `${step}.after`]);

export const scenarios = {
  install: {
    setUp: [],
    command: { do: "apply", changes: both },
    points: around(
      ...["fetch", "prepare", "migrate", "decide", "commit"],
      ...["commit-host", "start", "health", "route", "finish"],
    ),
    chains: [
      [
        ...["migrate.after", "recover.lead.after", "recover.take-apart.before"],
        ...around("commit.undo", "prepare.undo"),
        "finish.before",
      ],
      [
        ...["decide.after", "recover.go-on.before"],
        ...["recover.data.after", "commit.before", "commit-host.before", "commit-host.after"],
        ...["recover.settle.before", ...around("start", "health", "route", "finish")],
      ],
    ],
  },
  "install that fails": {
    setUp: [],
    command: { do: "apply", changes: [{ action: "install", module: "gamma" }] },
    points: ["undo.before", "undo.record.after", "prepare.undo.after"],
    fails: true,
  },
  "install that is not healthy": {
    setUp: [],
    command: { do: "apply", changes: [{ action: "install", module: "alpha", version: "3.0.0" }] },
    points: ["start.take-back.after", "prepare.take-back.after"],
    chains: [
      [
        ...["take-back.record.after", "take-back.before", "take-back.record.after"],
        ...[...around("start.take-back"), "commit.take-back.before", "take-back.commit.before"],
        ...[...around("prepare.take-back"), "recover.finish-take-back.before", "finish.before"],
      ],
    ],
    fails: true,
  },
  "install in place of kept data": {
    setUp: [one, [{ action: "uninstall", module: "alpha", data: "keep" }]],
    command: {
      do: "apply",
      changes: [{ action: "install", module: "alpha", version: "1.0.0", data: "fresh" }],
    },
    points: [...around("discard"), "commit-host.after"],
    chains: [["commit-host.after", ...around("discard")]],
  },
  "upgrade on a copy": {
    setUp: [one],
    command: upgrade("2.0.0"),
    points: [
      ...around("copy", "count", "switch", "release", "retire", "retain"),
      ...["migrate.after", "decide.after", "commit-host.after", "prune.file.after"],
    ],
    chains: [
      ["migrate.after", "recover.take-apart.before", ...around("copy.undo"), "finish.before"],
      [
        ...["commit-host.after", ...around("switch", "release", "retire")],
        ...["retain.before", "prune.file.after", "retain.after"],
      ],
    ],
  },
  "upgrade that is not healthy": {
    setUp: [one],
    command: upgrade("3.0.0"),
    points: [
      "take-back.before",
      "take-back.record.after",
      ...around("commit.take-back", "take-back.commit", "copy.take-back"),
    ],
    chains: [
      [
        "take-back.record.after",
        "take-back.commit.before",
        "take-back.commit.after",
        ...around("copy.take-back"),
      ],
      ["take-back.record.after", "commit.take-back.after", "finish.before"],
    ],
    fails: true,
  },
  "upgrade in place": {
    setUp: [one],
    command: upgrade("1.1.0"),
    points: [
      ...around("snapshot", "commit-module"),
      ...["snapshot.rename.before", "migrate.after", "decide.after", "commit-host.after"],
    ],
    chains: [["commit-module.after", ...around("migrate"), "commit-host.after"]],
  },
  "back to data that stands": {
    setUp: [one, [{ action: "upgrade", module: "alpha", version: "2.0.0" }]],
    command: upgrade("1.0.0"),
    points: [...around("point"), "decide.after", "commit-host.after"],
    chains: [
      ["point.after", ...around("point.undo"), "finish.before"],
      ["decide.after", ...around("point"), "commit-host.after", "retire.after"],
    ],
  },
  "back to data that stands, beside what is not healthy": {
    setUp: [one, [{ action: "upgrade", module: "alpha", version: "2.0.0" }]],
    command: {
      do: "apply",
      changes: [
        { action: "upgrade", module: "alpha", version: "1.0.0" },
        { action: "install", module: "delta" },
      ],
    },
    points: around("point.take-back"),
    chains: [["take-back.record.after", "take-back.commit.after", ...around("point.take-back")]],
    fails: true,
  },
  "rollback of what was added": {
    setUp: [one, [{ action: "upgrade", module: "alpha", version: "1.1.0" }]],
    command: { do: "go back" },
    points: [
      ...around("switch", "snapshot", "migrate", "reconcile"),
      ...["ahead.drain.before", "decide.after", "commit-module.after", "commit-host.after"],
    ],
    chains: [
      [
        ...["commit-module.after", "migrate.after", "commit-host.after", "recover.settle.before"],
        ...around("reconcile"),
      ],
      ["switch.after", "recover.take-apart.before", "finish.before"],
      ["migrate.before", ...around("snapshot.undo")],
    ],
  },
  "undo of a deletion": {
    setUp: [one, [{ action: "uninstall", module: "alpha", data: "delete" }]],
    command: { do: "go back" },
    points: ["point.after", "decide.after", "commit-host.after"],
    chains: [["decide.after", "recover.data.after", "commit-host.after", "start.after"]],
  },
  "restore of a file": {
    // The file is of what stands since the deletion.
    setUp: [one, [{ action: "uninstall", module: "alpha", data: "delete" }], one],
    edit: 'INSERT INTO "a" DEFAULT VALUES',
    command: { do: "restore file", module: "alpha" },
    points: [...around("restore"), "decide.after", "commit-host.after"],
  },
  "restore of a file as kept data": {
    setUp: [one, [{ action: "uninstall", module: "alpha", data: "delete" }]],
    command: { do: "restore file", module: "alpha" },
    points: ["restore-kept.record.after", "restore-kept.commit.after", "restore-kept.whole.after"],
  },
  "uninstall with export": {
    setUp: [both],
    command: uninstall("export"),
    points: [
      ...around("stop", "count", "export", "decide", "close"),
      "export.rename.before",
      "commit-host.after",
    ],
    chains: [
      ["commit-host.after", ...around("close"), "finish.after"],
      ["decide.before", ...around("export.undo")],
      ["decide.after", "commit.after"],
    ],
  },
  "deletion of kept data": {
    setUp: [one, [{ action: "uninstall", module: "alpha", data: "keep" }]],
    command: { do: "delete kept data" },
    points: ["kept-data.record.after", "kept-data.drop.after", "kept-data.delete.after"],
  },
  "change of settings": {
    setUp: [one],
    command: { do: "configure", module: "alpha", config: { limit: 7 } },
    points: [...around("configure.store"), "configure.switch.after"],
  },
} satisfies Record<string, Scenario>;

/** What recovery passes besides steps, so that a test must kill there while it recovers; the rest is named `recover.…`. */
export const alsoInRecovery = [
  ...around("commit-host", "finish", "take-back.commit"),
  ...["take-back.before", "take-back.record.after", "prune.file.after"],
];

const config = { type: "object", properties: { limit: { type: "integer" } } };
const table = `CREATE TABLE "a" ("id" serial PRIMARY KEY, "text" text NOT NULL DEFAULT 'x'); INSERT INTO "a" DEFAULT VALUES; INSERT INTO "a" DEFAULT VALUES;`;
const breaking = 'ALTER TABLE "a" DROP COLUMN "text"; DELETE FROM "a" WHERE "id" = 2;';
const index = 'CREATE INDEX CONCURRENTLY "a_id" ON "a" ("id" DESC);';

/** alpha 1 → 1.1 adds a column; 1 → 2 takes a column and a row away and builds an index; 3 does the same and does not start; gamma's SQL fails. */
export function writeCrashModules(catalogDir: string): void {
  const alpha = (version: string, migrations: Record<string, string>, server: string) =>
    writeModule(catalogDir, "alpha", { manifest: { version, config }, migrations, server });
  const next = { "1_a": table, "2_b": breaking, "3_c": index };
  alpha("1.0.0", { "1_a": table }, echoServer);
  alpha("1.1.0", { "1_a": table, "2_more": 'ALTER TABLE "a" ADD COLUMN "more" text;' }, echoServer);
  alpha("2.0.0", next, echoServer);
  alpha("3.0.0", next, 'console.error("I cannot"); process.exit(3);');
  writeModule(catalogDir, "delta", { server: 'console.error("I cannot"); process.exit(3);' });
  writeModule(catalogDir, "beta", {
    manifest: { dependencies: { alpha: "~1.0.0" } },
    migrations: { "1_b": 'CREATE TABLE "b" ("id" int);' },
  });
  writeModule(catalogDir, "gamma", {
    migrations: { "1_g": 'CREATE TABLE "g" ("id" int);', "2_g": "SELECT 1 / 0;" },
  });
}
