import { existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * After an install: removes what packages bring and Graft never opens, a third of its size.
 * - Source maps: they are for debugging the packages themselves.
 * - Headers and manuals of Node.js: for compiling packages written in C++, of which there are none.
 * - Prisma's compilers of queries for other databases, and the slower one for PostgreSQL.
 * - The sources of `effect`, which is compiled beside them.
 * - What resizes pictures for next/image, which is switched off (next.config.ts).
 * @param rootDir where node_modules is; the client of the database has been generated there
 */
export function trimInstall(rootDir: string): void {
  const packages = join(rootDir, "node_modules");
  const find = (pattern: string) => globSync(pattern, { cwd: packages }).map((path) => join(packages, path));
  const needed = readFileSync(join(rootDir, "prisma/generated/internal/class.ts"), "utf8");
  const compilers = find("@prisma/client/runtime/query_compiler_*.{js,mjs}").filter(
    (path) => !needed.includes(path.slice(path.lastIndexOf("/") + 1)),
  );
  const unused = [
    ...find("**/*.{js,mjs,cjs,css,ts,mts,cts}.map"),
    ...find("node/node_modules/node-*/{include,share}"),
    ...compilers,
    ...find("effect/src"),
    ...find("@img/sharp-*"),
  ];
  for (const path of unused) rmSync(path, { recursive: true, force: true });
}

if (import.meta.main) {
  const root = join(import.meta.dirname, "..");
  if (existsSync(join(root, "prisma/generated/internal/class.ts"))) trimInstall(root);
}
