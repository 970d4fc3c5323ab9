import { createHash } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

const notInputs = new Set(["node_modules", "generated", ".built", "dist"]);

/** Whether the build that wrote `stampFile` had exactly these files and folders as they are now. */
export async function isCurrent(stampFile: string, inputs: string[]): Promise<boolean> {
  const built = await readFile(stampFile, "utf8").catch(() => null);
  return built !== null && built === (await hashInputs(inputs));
}

/** Call after the build: an interrupted one must not look finished. */
export async function markCurrent(stampFile: string, inputs: string[]): Promise<void> {
  await writeFile(stampFile, await hashInputs(inputs));
}

async function hashInputs(inputs: string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const input of inputs) {
    const files = (await stat(input)).isDirectory() ? await listFiles(input) : [""];
    for (const file of files) {
      hash.update(`${file}\0`);
      hash.update(await readFile(join(input, file)));
    }
  }
  return hash.digest("hex");
}

/** Paths below `dir`, with `/`, sorted. */
export async function listFiles(dir: string, prefix = ""): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(dir, prefix), { withFileTypes: true })) {
    const path = prefix ? `${prefix}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      if (!notInputs.has(entry.name)) found.push(...(await listFiles(dir, path)));
    } else if (entry.isFile()) found.push(path);
  }
  return found.sort();
}
