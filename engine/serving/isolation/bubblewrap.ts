import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Numbers at which bubblewrap finds what the launcher opened for it. */
export const infoFd = 3;
export const filterFd = 4;

export interface View {
  nodePath: string;
  /** What Node is linked to, as the loader looks for it. */
  libraries: readonly string[];
  /** Folders and files that it may read. */
  readable: readonly string[];
  /** Its own folder of sockets. */
  writable: readonly string[];
  filtered: boolean;
}

/** Arguments of `bwrap` before those of Node: namespaces of its own of every kind, no capability, and a view of little. */
export function bubblewrapArguments({ nodePath, libraries, readable, writable, filtered }: View): string[] {
  const readOnly = [...libraries, nodePath, "/dev/null", "/dev/urandom"];
  return [
    ...[
      "--unshare-user",
      "--unshare-pid",
      "--unshare-net",
      "--unshare-ipc",
      "--unshare-uts",
      "--unshare-cgroup",
    ],
    ...["--uid", "1000", "--gid", "1000", "--hostname", "module", "--cap-drop", "ALL"],
    // bubblewrap stays the first process of the namespace, whose signals the kernel drops where it does not handle them.
    // In a session of its own the module cannot signal the part of bubblewrap that is outside, which shares its group.
    ...["--die-with-parent", "--new-session"],
    ...readOnly.flatMap((path) => [path.startsWith("/dev/") ? "--dev-bind" : "--ro-bind", path, path]),
    ...["--proc", "/proc", "--perms", "0555", "--size", "65536", "--tmpfs", "/tmp"],
    ...readable.flatMap((path) => ["--ro-bind", path, path]),
    ...writable.flatMap((path) => ["--bind", path, path]),
    ...["--remount-ro", "/", "--chdir", "/", "--info-fd", String(infoFd)],
    ...(filtered ? ["--seccomp", String(filterFd)] : []),
    "--",
    nodePath,
  ];
}

export function findBubblewrap(path = process.env.PATH ?? ""): string | null {
  const folders = new Set([...path.split(delimiter).filter(isAbsolute), "/usr/bin", "/usr/local/bin"]);
  for (const folder of folders) {
    const candidate = join(folder, "bwrap");
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** Absolute paths of the loader and the libraries that a program names. @throws where there is no `ldd` */
export async function linkedLibraries(program: string): Promise<string[]> {
  const { stdout } = await run("ldd", [program]);
  const found = [...stdout.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x/gm)].map(([, path]) => path ?? "");
  if (found.length === 0) throw new Error(`ldd names no library of ${program}`);
  return [...new Set(found)];
}
