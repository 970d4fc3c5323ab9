import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** A user and group number that nothing else on this machine has; there is no line for it in /etc/passwd. */
export interface Accounts {
  /** Always the same for one module of one host. */
  of(module: string): number;
}

export interface AccountRange {
  first: number;
  count: number;
}

// Above what systemd (up to 0x6fffffff), container engines and /etc/subuid give out, below what does not fit 31 bits.
const preferred: AccountRange = { first: 0x7000_0000, count: 0x0fff_0000 };
// In a container whose own user namespace has only the usual 65,536.
const inContainers: AccountRange = { first: 30_000, count: 20_000 };

/** Numbers that the user namespace of this process has; null where it has too few. */
export function accountRange(): AccountRange | null {
  return [preferred, inContainers].find((range) => isMapped("uid", range) && isMapped("gid", range)) ?? null;
}

function isMapped(kind: "uid" | "gid", { first, count }: AccountRange): boolean {
  try {
    const lines = readFileSync(`/proc/self/${kind}_map`, "utf8").trim().split("\n");
    return lines.some((line) => {
      const [from = 0, , length = 0] = line.trim().split(/\s+/).map(Number);
      return from <= first && first + count <= from + length;
    });
  } catch {
    return false;
  }
}

/**
 * Derived from the file's path and the module's name, so that two hosts on one machine hardly meet, and recorded in the
 * file, so that two modules of one host never do.
 * @param file null: remembered by this process alone
 */
export function createAccounts(range: AccountRange, file: string | null): Accounts {
  const known = new Map(file === null ? [] : readRecords(file, range));
  const taken = new Set(known.values());
  return {
    of(module) {
      const given = known.get(module);
      if (given !== undefined) return given;
      if (taken.size >= range.count) throw new Error("no account is left for another module");
      const seed = createHash("sha256")
        .update(`${file ?? process.pid}\0${module}`)
        .digest()
        .readUIntBE(0, 6);
      let offset = seed % range.count;
      while (taken.has(range.first + offset)) offset = (offset + 1) % range.count;
      const account = range.first + offset;
      known.set(module, account);
      taken.add(account);
      if (file !== null) writeRecords(file, known);
      return account;
    },
  };
}

/** Never half: a host that dies here starts with what was there. */
function writeRecords(file: string, known: ReadonlyMap<string, number>): void {
  writeFileSync(`${file}.tmp`, JSON.stringify(Object.fromEntries(known)), { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}

function readRecords(file: string, { first, count }: AccountRange): [string, number][] {
  if (!existsSync(file)) return [];
  // One that was made under another range is made anew: nothing on disk belongs to it.
  return Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, number>).filter(
    ([, account]) => account >= first && account < first + count,
  );
}
