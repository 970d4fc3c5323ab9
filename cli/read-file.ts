import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { usageError } from "./cli-error.ts";
import type { CommandContext } from "./context.ts";

/** `-` is standard input. @throws UsageError */
export async function readTextFile({ cwd }: Pick<CommandContext, "cwd">, file: string): Promise<string> {
  if (file === "-") return text(process.stdin);
  return readFile(resolve(cwd, file), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw usageError(`${file} cannot be read: ${error.message}.`, "Name a file, or - for standard input.");
  });
}

/** The JSON in a file; `-` is standard input. @throws UsageError */
export async function readJsonFile(context: Pick<CommandContext, "cwd">, file: string): Promise<unknown> {
  const found = await readTextFile(context, file);
  try {
    return JSON.parse(found) as unknown;
  } catch (error) {
    throw usageError(`${file} is not JSON: ${(error as Error).message}.`);
  }
}
