import { createRequire } from "node:module";
import { join } from "node:path";
import internals from "@prisma/internals";

// Its ES modules name files without their endings, which Node does not find.
const { PrismaClientTsGenerator } = createRequire(import.meta.url)(
  "@prisma/client-generator-ts",
) as typeof import("@prisma/client-generator-ts");

/**
 * What `prisma generate` does, by the packages that it does it with. Prisma's command line would bring its studio, its
 * local server and two more databases along (130 MB), none of which Graft uses. Both packages are pinned to the version
 * of `@prisma/client`, as their insides may change with any.
 */
export async function generateClient(rootDir: string): Promise<void> {
  const schemaContext = await internals.loadSchemaContext({
    cwd: rootDir,
    schemaPath: { configProvidedPath: join(rootDir, "prisma/schema.prisma") },
    printLoadMessage: false,
  });
  const generators = await internals.getGenerators({
    schemaContext,
    registry: { "prisma-client": { type: "in-process", generator: new PrismaClientTsGenerator() } },
    // Migrations run in the WASM schema engine; no native one is wanted.
    skipDownload: true,
    cliCommand: "generate",
  });
  for (const generator of generators) {
    await generator.generate();
    generator.stop();
  }
}

if (import.meta.main) await generateClient(join(import.meta.dirname, ".."));
