import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { buildModule } from "./build-module.ts";

/**
 * Builds every `modulesDir/NAME/module.json` into `outDir/NAME` and removes what has no source any more.
 * @returns the names that had to be built
 * @throws once, naming every module that is broken; the others are built all the same
 */
export async function buildAllModules(modulesDir: string, outDir: string): Promise<string[]> {
  await mkdir(outDir, { recursive: true });
  const names: string[] = [];
  for (const entry of await readdir(modulesDir, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
    if (await isFile(join(modulesDir, entry.name, "module.json"))) names.push(entry.name);
  }
  for (const old of await readdir(outDir)) {
    const name = old.replace(/^\.(.*)\.inputs$/, "$1");
    if (!names.includes(name)) await rm(join(outDir, old), { recursive: true, force: true });
  }
  const built: string[] = [];
  const failed: string[] = [];
  for (const name of names.sort()) {
    await buildModule(join(modulesDir, name), join(outDir, name)).then(
      (anew) => anew && built.push(name),
      (error: Error) => failed.push(`${name}: ${error.message}`),
    );
  }
  if (failed.length > 0) throw new Error(`Some modules could not be built.\n${failed.join("\n")}`);
  return built;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (s) => s.isFile(),
    () => false,
  );
}
