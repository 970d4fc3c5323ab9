import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

const compress = promisify(brotliCompress);

/** Where {@link compressStatic} puts what {@link pageFiles} serves, beside Next's own `.next/static`. */
export const compressedDir = ".next/graft-static";

/**
 * Compresses Next's scripts and styles with Brotli's slowest level (RFC 7932; `zlib`'s default), once per build: a
 * seventh less than the gzip that Next makes for each request.
 */
export async function compressStatic(rootDir: string): Promise<void> {
  const from = join(rootDir, ".next/static");
  const to = join(rootDir, compressedDir);
  await rm(to, { recursive: true, force: true });
  const files = await readdir(from, { withFileTypes: true, recursive: true });
  await Promise.all(
    files
      .filter((file) => file.isFile() && /\.(js|css)$/.test(file.name))
      .map(async ({ parentPath, name }) => {
        const file = join(parentPath, name);
        const packed = await compress(await readFile(file));
        const target = join(to, relative(from, file));
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, packed);
      }),
  );
}
