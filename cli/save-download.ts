import { createWriteStream, existsSync } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { usageError } from "./cli-error.ts";
import type { CommandContext } from "./context.ts";

/** Appears whole or not at all, readable by its owner alone. @throws UsageError when the file is there already */
export async function saveDownload(
  context: Pick<CommandContext, "client" | "cwd">,
  address: string,
  path: string,
): Promise<{ file: string; bytes: number }> {
  const file = resolve(context.cwd, path);
  if (existsSync(file))
    throw usageError(`${file} is there already.`, "Choose another name, or remove it first.");
  const body = await context.client().download(address);
  const partial = `${file}.partial`;
  try {
    await pipeline(body, createWriteStream(partial, { flags: "wx", mode: 0o600, flush: true }));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return { file, bytes: (await stat(file)).size };
}
