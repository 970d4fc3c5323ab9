import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { noFilter, toMigrationList, withSchemaEngine } from "../migrations/schema-engine.ts";
import type { MigrationFile } from "../types.ts";

const charOid = 18;
const textOid = 25;

/**
 * Prisma's own SQL from what one database has to what another has. Both stand already, so that where the engine would
 * empty a shadow database and run `migrations` in it, nothing is run.
 */
export async function prismaDiff(
  from: pg.Client,
  to: pg.Client,
  migrations: MigrationFile[],
): Promise<string> {
  const { stdout } = await withSchemaEngine(
    {
      provider: "postgres",
      adapterName: "@prisma/adapter-pg",
      connect: () => describing(from),
      connectToShadowDb: () => describing(to),
    },
    (engine) =>
      engine.diff({
        from: {
          tag: "schemaDatasource",
          files: [{ path: "schema.prisma", content: 'datasource db { provider = "postgresql" }' }],
          configDir: ".",
        },
        to: { tag: "migrations", ...toMigrationList(migrations) },
        script: true,
        exitCode: null,
        filters: noFilter,
      }),
  );
  return stdout ?? "";
}

async function describing(client: pg.Client) {
  const adapter = await new PrismaPg({ max: 1 }, { schema: "public" }).connect();
  const pool = adapter.underlyingDriver();
  // The adapter takes the catalogues' own type "char" for unknown; the engine wants it as a character.
  let characters: number[] = [];
  const query = async (config: pg.QueryArrayConfig) => {
    const result = await client.query(config);
    characters = result.fields.flatMap((field, at) => (field.dataTypeID === charOid ? [at] : []));
    for (const at of characters) Object.assign(result.fields[at] ?? {}, { dataTypeID: textOid });
    return result;
  };
  pool.query = query as typeof pool.query;
  pool.connect = () => Promise.reject(new Error("Databases are compared on connections that stand"));
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    async queryRaw(params: Parameters<typeof queryRaw>[0]) {
      const result = await queryRaw(params);
      for (const at of characters) result.columnTypes[at] = ColumnTypeEnum.Character;
      return result;
    },
    executeRaw: async () => 0,
    executeScript: async () => {},
  });
}
