import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { CatalogProblem, CatalogVersion } from "../../../contract/catalog.ts";
import { diskFull, isGraftError, type Log } from "../../core/index.ts";
import type { ModuleStore } from "../store/index.ts";
import { parseChangelog } from "./changelog.ts";
import { openModuleFolder } from "./read-module-folder.ts";
import { scanFolder } from "./scan-folder.ts";
import type { Catalog } from "./types.ts";

/** How long one listing waits, for all folders together, until it is known whether their schemas are any good. */
const checkMs = 500;

/** What lies behind is of versions long gone. */
const changelogBytesMax = 1024 * 1024;

interface FolderState {
  signature: string;
  result: CatalogVersion | CatalogProblem;
}

type Listing = Awaited<ReturnType<Catalog["list"]>>;

/**
 * A catalog of the subfolders of `dir`, each one version of a module. Each `list()` compares the metadata of every
 * file with the last time and reads only folders that changed, so that answers are never stale and mostly free.
 * A folder that is no module becomes a problem; `list()` does not throw.
 */
export function createDirCatalog(options: {
  /** `builtin` or `dir:PATH`, shown to people. */
  source: string;
  dir: string;
  store: ModuleStore;
  log: Log;
}): Catalog {
  const { source, store, log } = options;
  const root = resolve(options.dir);
  let folders = new Map<string, FolderState>();
  let running: Promise<Listing> | null = null;
  let waiting: Promise<Listing> | null = null;

  async function readFolder(name: string, grace: () => Promise<unknown>): Promise<FolderState> {
    const path = join(root, name);
    let signature = "";
    try {
      ({ signature } = await scanFolder(path));
      const known = folders.get(name);
      if (known?.signature === signature) return known;
      const { manifest, files, checked } = await openModuleFolder(path);
      const stored = await store.putModule(files, manifest);
      const text = new TextDecoder().decode(files["CHANGELOG.md"]?.subarray(0, changelogBytesMax));
      const version: CatalogVersion = {
        name: manifest.name,
        version: manifest.version,
        digest: stored.digest,
        size: stored.size,
        manifest,
        changelog: parseChangelog(text).get(manifest.version) ?? "",
        source,
      };
      log.debug({ catalog: source, module: manifest.name, digest: stored.digest }, "read a module folder");
      const state: FolderState = { signature, result: version };
      const found = checked.catch((error: unknown) => {
        state.result = problemOf(name, path, error);
        // A machine that was overloaded once is no reason to refuse it for ever.
        if (!isGraftError(error) || error.code !== "MANIFEST_INVALID") state.signature = "";
      });
      // A folder that takes long to check costs its own time: it is listed meanwhile.
      await Promise.race([found, grace()]);
      return state;
    } catch (error) {
      // A failed read is tried again at the next call: what failed may not show in the folder's metadata.
      return { signature: "", result: problemOf(name, path, error) };
    }
  }

  function problemOf(name: string, path: string, error: unknown): CatalogProblem {
    const problem = toProblem(path, error);
    const before = folders.get(name)?.result;
    if (!before || !("message" in before) || before.message !== problem.message)
      log.warn({ catalog: source, path, problem: problem.message }, "a folder of the catalog is no module");
    return problem;
  }

  function toProblem(path: string, error: unknown): CatalogProblem {
    const full = diskFull(error);
    if (full) return { source, path, message: `${full.message} ${full.hint}`, code: "DISK_FULL" };
    const known = isGraftError(error) || (error instanceof Error && "syscall" in error);
    if (!known) log.error({ catalog: source, path, err: error }, "reading a module folder failed");
    const hint = isGraftError(error) && error.hint ? ` ${error.hint}` : "";
    return { source, path, message: `${error instanceof Error ? error.message : String(error)}${hint}` };
  }

  async function read(): Promise<Listing> {
    const next = new Map<string, FolderState>();
    let names: string[];
    try {
      names = await folderNames(root);
    } catch (error) {
      folders = next;
      return { versions: [], problems: [toProblem(root, error)] };
    }
    let waited: Promise<unknown> | undefined;
    const grace = () => {
      waited ??= sleep(checkMs, undefined, { ref: false });
      return waited;
    };
    for (const name of names) next.set(name, await readFolder(name, grace));
    folders = next;
    return split([...next.entries()]);
  }

  function split(states: [string, FolderState][]): Listing {
    const versions = new Map<string, CatalogVersion>();
    const problems: CatalogProblem[] = [];
    for (const [name, { result }] of states) {
      if ("message" in result) {
        problems.push(result);
        continue;
      }
      const key = `${result.name} ${result.version}`;
      const first = versions.get(key);
      if (!first) versions.set(key, result);
      else if (first.digest !== result.digest) {
        const message = `Another folder holds ${key} already, with other files. Raise the version of one of them.`;
        problems.push({ source, path: join(root, name), message });
      }
    }
    return { versions: [...versions.values()], problems };
  }

  return {
    source,
    // A call that finds a pass under way cannot use it, for what changed may lie behind it: it shares the next one.
    list() {
      waiting ??= (running ?? Promise.resolve()).then(() => {
        waiting = null;
        running = read();
        return running;
      });
      return waiting;
    },
    async readme(version) {
      const module = await store.getModule(version.digest);
      if (!module.files["README.md"]) return "";
      return (await store.readFile(version.digest, "README.md")).toString("utf8");
    },
  };
}

/** Folders and links to folders alike: a link is then refused with a reason instead of being overlooked. */
async function folderNames(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.name.startsWith(".") && entry.name !== "node_modules" && !entry.isFile())
    .map((entry) => entry.name)
    .sort();
}
