import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { noFilter, toMigrationList, withSchemaEngine } from "../migrations/schema-engine.ts";
import type { MigrationFile } from "../types.ts";

const charOid = 18;
const textOid = 25;

interface Side {
  client: pg.Client;
  schema: string;
}

/**
 * Prisma's own SQL from what one schema has to what another has. Both stand already, so that where the engine would
 * empty a shadow database and run `migrations` in it, nothing is run.
 */
export async function prismaDiff(from: Side, to: Side, migrations: MigrationFile[]): Promise<string> {
  const { stdout } = await withSchemaEngine(
    {
      provider: "postgres",
      adapterName: "@prisma/adapter-pg",
      connect: () => describing(from, from.schema),
      connectToShadowDb: () => describing(to, from.schema),
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

/** @param as how the engine is told the schema is called: under two names nothing would be the same */
async function describing({ client, schema }: Side, as: string) {
  const adapter = await new PrismaPg({ max: 1 }, { schema: as }).connect();
  const pool = adapter.underlyingDriver();
  // The adapter takes the catalogues' own type "char" for unknown; the engine wants it as a character.
  let characters: number[] = [];
  const query = async (config: pg.QueryArrayConfig) => {
    const result = await client.query({ ...config, values: rename(config.values, as, schema) as unknown[] });
    result.rows = rename(result.rows, schema, as) as unknown[][];
    characters = result.fields.flatMap((field, at) => (field.dataTypeID === charOid ? [at] : []));
    for (const at of characters) Object.assign(result.fields[at] ?? {}, { dataTypeID: textOid });
    return result;
  };
  pool.query = query as typeof pool.query;
  pool.connect = () => Promise.reject(new Error("Schemas are compared on connections that stand"));
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

function rename(value: unknown, from: string, to: string): unknown {
  if (from === to) return value;
  if (typeof value === "string") return value.replaceAll(from, to);
  return Array.isArray(value) ? value.map((item) => rename(item, from, to)) : value;
}
