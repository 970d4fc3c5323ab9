import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closedFolder } from "./account.ts";
import { copyBinaries } from "./copy-binaries.ts";

const account = { uid: 65534, gid: 65534, name: "nobody" };
let root: string;
let shared: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "graft-binaries-"));
  chmodSync(root, 0o711);
  shared = join(root, "shared");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A package as npm leaves it in a folder of root's: program, data, a link; nobody else may enter. */
function packageOf(version: string): string {
  const closed = join(root, `closed-${version}`);
  const native = join(closed, "native");
  mkdirSync(join(native, "bin"), { recursive: true });
  cpSync("/bin/sleep", join(native, "bin/postgres"));
  writeFileSync(join(native, "bin/data"), "x".repeat(100), { mode: 0o600 });
  execFileSync("ln", ["-s", "data", join(native, "bin/link")]);
  writeFileSync(join(closed, "package.json"), JSON.stringify({ version }));
  chmodSync(closed, 0o700);
  return native;
}

const weekAgo = () => {
  const time = new Date(Date.now() - 8 * 24 * 3600 * 1000);
  for (const name of readdirSync(shared)) utimesSync(join(shared, name), time, time);
};

test("a copy can be entered and read by the account, under a strict umask too, and is used again", () => {
  const native = packageOf("1.0.0");
  const umask = process.umask(0o077);
  const copy = copyBinaries(native, account, shared);
  process.umask(umask);
  expect(closedFolder(join(copy, "bin/postgres"), account)).toBeNull();
  expect(statSync(join(copy, "bin/postgres")).mode & 0o777).toBe(0o755);
  expect(statSync(join(copy, "bin/link")).mode & 0o777).toBe(0o644);
  const { ino } = statSync(copy);
  expect(copyBinaries(native, account, shared)).toBe(copy);
  expect(statSync(copy).ino).toBe(ino);
});

test("a copy that lost a part of a file is made again", () => {
  const native = packageOf("1.0.0");
  const copy = copyBinaries(native, account, shared);
  truncateSync(join(copy, "bin/data"), 10);
  expect(copyBinaries(native, account, shared)).toBe(copy);
  expect(statSync(join(copy, "bin/data")).size).toBe(100);
  expect(readdirSync(shared)).toHaveLength(1);
});

test("another version gets a copy of its own; one that nothing has used for a week goes", () => {
  const first = copyBinaries(packageOf("1.0.0"), account, shared);
  const second = copyBinaries(packageOf("2.0.0"), account, shared);
  expect(second).not.toBe(first);
  expect(existsSync(first)).toBe(true);
  weekAgo();
  copyBinaries(packageOf("3.0.0"), account, shared);
  expect(readdirSync(shared)).toEqual([expect.stringMatching(/^3\.0\.0-/)]);
});

test.skipIf(!existsSync("/proc/self/exe"))(
  "a copy that a process runs from stays, however old (skipped: this system has no /proc)",
  async () => {
    const first = copyBinaries(packageOf("1.0.0"), account, shared);
    const child = spawn(join(first, "bin/postgres"), ["60"]);
    await once(child, "spawn");
    weekAgo();
    copyBinaries(packageOf("2.0.0"), account, shared);
    expect(existsSync(first)).toBe(true);
    child.kill();
    await once(child, "exit");
  },
);
