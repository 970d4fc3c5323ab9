import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Manifest } from "../../../sdk/manifest/index.ts";
import { GraftError } from "../../core/index.ts";
import { openManifest } from "../manifest/index.ts";
import { scanFolder } from "./scan-folder.ts";

export interface ModuleFolder {
  manifest: Manifest;
  files: Record<string, Uint8Array>;
}

/**
 * Reads a folder as a module: `module.json` and every file below, without hidden files, tests and `node_modules`.
 * @throws MODULE_FILE_MISSING, MANIFEST_INVALID, INVALID_INPUT for links and paths no module may hold
 */
export async function readModuleFolder(dir: string): Promise<ModuleFolder> {
  const { checked, ...folder } = await openModuleFolder(dir);
  await checked;
  return folder;
}

/** As {@link readModuleFolder}; what only a thread beside the host can tell comes later, as a rejection of `checked`. */
export async function openModuleFolder(dir: string): Promise<ModuleFolder & { checked: Promise<void> }> {
  const { paths } = await scanFolder(dir);
  if (!paths.includes("module.json"))
    throw new GraftError("MODULE_FILE_MISSING", `${basename(dir)} has no module.json.`, {
      hint: "Every module has a module.json at its top; `graft create` writes one.",
      details: { path: dir, files: ["module.json"] },
    });
  const { manifest, checked } = openManifest(await readRegularFile(join(dir, "module.json")), new Set(paths));
  // Whoever asked may not have come so far when it is known.
  checked.catch(() => {});
  const files: Record<string, Uint8Array> = {};
  for (const path of paths) files[path] = await readRegularFile(join(dir, path));
  return { manifest, files, checked };
}

/** O_NOFOLLOW: a file may have become a link since it was listed. */
async function readRegularFile(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}
