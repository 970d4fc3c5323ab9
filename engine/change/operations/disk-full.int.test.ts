import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import { type CrashWorld, createCrashWorld } from "../install/testing/crash-host.ts";
import { systemState } from "../install/testing/system-state.ts";
import type { PlanChange } from "../plan/index.ts";

// The kernel refuses to let a file grow past a limit that is put on the running process and taken off again: to the
// program that writes it is what a full disk is, in the middle of a file, and needs no disk of its own.

const unlimited = "unlimited";
function limitFiles(pid: number, bytes: number | typeof unlimited): void {
  // As the account the process has: PostgreSQL's is another where the suite runs as root.
  const { uid, gid } = statSync(`/proc/${pid}`);
  execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:${unlimited}`], { uid, gid, cwd: "/" });
}
const hasPrlimit = (() => {
  try {
    execFileSync("prlimit", ["--version"]);
    return true;
  } catch {
    return false;
  }
})();

let world: CrashWorld;

beforeAll(async () => {
  // A PostgreSQL of its own: the host starts it, as it does without DATABASE_URL.
  world = await createCrashWorld({ embedded: true });
  const noise = `SELECT i, string_agg(md5(i::text || j::text), '') FROM generate_series(1, 40) i, generate_series(1, 200) j GROUP BY i`;
  const table = `CREATE TABLE "t" ("id" int PRIMARY KEY, "text" text); INSERT INTO "t" ${noise};`;
  writeModule(world.catalogDir, "small", { migrations: { "1_t": table } });
  await world.up();
}, 120_000);
afterAll(() => world?.close());

const hugeTable = `CREATE TABLE "h" ("id" int, "text" text); ALTER TABLE "h" ALTER COLUMN "text" SET STORAGE PLAIN;
  INSERT INTO "h" SELECT i, repeat(md5(i::text), 60) FROM generate_series(1, 20000) i;`;
const modulesPostgres = () =>
  Number(readFileSync(join(world.dataDir, "postgres-modules/postmaster.pid"), "utf8").split("\n")[0]);
const sessionsOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .split(" ")
    .filter((child) => child !== "" && readFileSync(`/proc/${child}/cmdline`, "utf8").includes("graft graft"))
    .map(Number);
const install = (module: string): PlanChange => ({ action: "install", module, version: "1.0.0" });

test.skipIf(!hasPrlimit)(
  "a store without space refuses the module, names the file and keeps nothing of it; with space it is installed",
  async () => {
    await world.apply([install("small")]);
    writeModule(world.catalogDir, "large", { files: { "client/large.txt": "x".repeat(300_000) } });
    limitFiles(world.hostPid(), 100_000);
    const problem = await world.send({ do: "apply", changes: [install("large")] });
    expect(problem).toMatchObject({ code: "DISK_FULL", retryable: true });
    expect(problem?.detail).toContain(join(world.dataDir, "store"));
    expect(readdirSync(join(world.dataDir, "store/.tmp"))).toEqual([]);
    // What is there already goes on working.
    const remove = (data: "export" | "keep" | "delete") =>
      world.apply([{ action: "uninstall", module: "small", data }]);
    // No room for a file; what is kept or stands after a deletion needs none.
    expect(await remove("export")).toMatchObject({ status: "failed", error: { code: "DISK_FULL" } });
    expect((await remove("keep")).status).toBe("succeeded");
    expect((await world.apply([install("small")])).status).toBe("succeeded");
    expect((await remove("delete")).status).toBe("succeeded");
    await world.send({ do: "delete kept data" });
    limitFiles(world.hostPid(), unlimited);
    expect((await world.apply([install("large")])).status).toBe("succeeded");
  },
  120_000,
);

test.skipIf(!hasPrlimit)(
  "a migration that PostgreSQL has no space for fails, leaves nothing, and runs once there is space",
  async () => {
    // Larger than a segment of the write-ahead log, which must fit.
    writeModule(world.catalogDir, "huge", { migrations: { "1_h": hugeTable } });
    const postgres = modulesPostgres();
    const before = await systemState(world);
    limitFiles(postgres, 17 * 1024 * 1024);
    const failed = await world.apply([install("huge")]);
    expect(failed).toMatchObject({ status: "failed", error: { code: "DISK_FULL", retryable: true } });
    expect(failed.error?.detail).toContain("PostgreSQL cannot write");
    const after = await systemState(world);
    // The catalog was read, so the store has the module's files.
    expect({ ...after, files: null }).toEqual({ ...before, files: null });
    limitFiles(postgres, unlimited);
    expect((await world.apply([install("huge")])).status).toBe("succeeded");
  },
  120_000,
);

test.skipIf(!hasPrlimit)(
  "an upgrade whose copy finds no space fails and changes nothing, and runs once there is space",
  async () => {
    writeModule(world.catalogDir, "huge", {
      manifest: { version: "2.0.0" },
      migrations: { "1_h": hugeTable, "2_h": 'ALTER TABLE "h" DROP COLUMN "text";' },
    });
    const before = await systemState(world);
    const upgrade: PlanChange[] = [{ action: "upgrade", module: "huge", version: "2.0.0" }];
    // The host copies in a session that it has already.
    const servers = [modulesPostgres(), ...sessionsOf(modulesPostgres())];
    for (const pid of servers) limitFiles(pid, 17 * 1024 * 1024);
    const failed = await world.apply(upgrade);
    expect(failed).toMatchObject({ status: "failed", error: { code: "DISK_FULL", retryable: true } });
    for (const pid of [modulesPostgres(), ...sessionsOf(modulesPostgres())]) limitFiles(pid, unlimited);
    const after = await systemState(world);
    expect({ ...after, files: null }).toEqual({ ...before, files: null });
    expect((await world.apply(upgrade)).status).toBe("succeeded");
  },
  120_000,
);
