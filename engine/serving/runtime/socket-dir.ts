import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { othersReach } from "../isolation/index.ts";

// sun_path holds 108 bytes on Linux and 104 on macOS, each with the closing zero.
const maxSocketPathBytes = 103;

export interface SocketDir {
  path: string;
  /** A fresh path for one process; random, so that a module cannot derive its neighbour's from its own. */
  next(): string;
}

/** A directory with a random name, open to this user alone (mkdtemp makes it 0700). Its remover is the watchdog. */
export function makeSocketDir(parent = tmpdir()): SocketDir {
  const longest = join(parent, "graft-XXXXXX", "0123456789ab", ".s.PGSQL.65535");
  const fits = Buffer.byteLength(longest) <= maxSocketPathBytes;
  // As root each module has an account of its own, which must come as far as its sockets.
  const reached = process.getuid?.() !== 0 || othersReach(parent);
  const path = mkdtempSync(join(fits && reached ? parent : "/tmp", "graft-"));
  return { path, next: () => join(path, `${randomBytes(6).toString("hex")}.sock`) };
}
