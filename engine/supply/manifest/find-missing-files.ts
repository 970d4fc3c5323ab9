import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { Finding } from "./describe-issue.ts";
import { migrationNames } from "./migration-names.ts";
import { suggest } from "./suggest.ts";

/** Every file the manifest names that is not among the module's files. */
export function findMissingFiles(
  manifest: Manifest,
  files: ReadonlySet<string>,
): (Finding & { file: string })[] {
  const missing = namedFiles(manifest)
    .filter(({ file }) => !files.has(file))
    .map(({ path, file }) => {
      const near = suggest(file, files);
      return {
        path,
        file,
        message: `${file} is not there`,
        ...(near ? { hint: `Did you mean ${near}?` } : {}),
      };
    });
  return [...missing, ...missingMigrations(manifest, files)];
}

function namedFiles(manifest: Manifest): { path: PropertyKey[]; file: string }[] {
  const named: { path: PropertyKey[]; file: string | undefined }[] = [
    { path: ["icon"], file: manifest.icon },
    ...manifest.screenshots.map((file, i) => ({ path: ["screenshots", i], file })),
    { path: ["runtime", "entry"], file: manifest.runtime?.entry },
    { path: ["database", "schema"], file: manifest.database?.schema },
    ...Object.entries(manifest.api).map(([v, api]) => ({ path: ["api", v, "openapi"], file: api.openapi })),
    ...manifest.pages.map((page, i) => ({ path: ["pages", i, "entry"], file: page.entry })),
    ...manifest.widgets.map((widget, i) => ({ path: ["widgets", i, "entry"], file: widget.entry })),
  ];
  return named.flatMap(({ path, file }) => (file === undefined ? [] : [{ path, file }]));
}

function missingMigrations({ database }: Manifest, files: ReadonlySet<string>) {
  if (!database) return [];
  const path = ["database", "migrations"];
  const { names, incomplete } = migrationNames(files, database.migrations);
  const wanted = incomplete.map((name) => `${database.migrations}/${name}/migration.sql`);
  if (names.length === 0 && wanted.length === 0)
    wanted.push(`${database.migrations}/<timestamp>_<name>/migration.sql`);
  return wanted.map((file) => ({
    path,
    file,
    message: `${file} is not there`,
    hint: "Create migrations with `prisma migrate dev`; each is a folder with a migration.sql.",
  }));
}
