import type pg from "pg";
import { beginReading, type Reading, readTables, seeingAll } from "../connections/read-transaction.ts";
import { sumLargeObjects } from "./large-objects.ts";
import { createLineSum } from "./line-sum.ts";
import type { RowSink } from "./read-rows.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { damaged, withRoles } from "./restore-snapshot.ts";
import { searchPathOf } from "./search-paths.ts";
import type { Setting, SnapshotEnd, SnapshotHeader, SnapshotRoles, TableSum } from "./snapshot-format.ts";
import {
  type GeneratedColumns,
  readGeneratedColumns,
  sumGeneratedColumns,
} from "./structure/generated-columns.ts";
import { readStructure, type Structure } from "./structure/read-structure.ts";
import { copyTarget, qualified, type RowTable, readRowTables, readSequences } from "./structure/rows.ts";
import { settingsSql } from "./structure/schemas.sql.ts";
import { sessionSql, tableFrames } from "./write-snapshot.ts";

export interface SnapshotComparison {
  /** One for each object, table or right that is not as the file has it; none: equal. */
  differences: string[];
  /** Constraints that stand as NOT VALID, where the file has them as checked. */
  notValid: string[];
}

/**
 * Compares a database with a snapshot: structure, rights, every table's rows in whatever order, generated values,
 * sequences, large objects. On the owner's connection, as of one moment. @throws DIGEST_MISMATCH when the file is damaged
 */
export async function compareWithSnapshot(
  client: pg.Client,
  { file, roles }: { file: string; roles: SnapshotRoles },
): Promise<SnapshotComparison> {
  let header: SnapshotHeader | undefined;
  const end = await readSnapshot(file, {
    async header(message) {
      header = message;
    },
  }).catch((cause) => {
    throw damaged(file, cause);
  });
  const wanted = withRoles(header as SnapshotHeader, roles);
  const reading = await beginReading(client);
  return readTables(reading, () => compare(reading, { file, wanted, end }));
}

async function compare(
  reading: Reading,
  { file, wanted, end }: { file: string; wanted: Structure; end: SnapshotEnd },
): Promise<SnapshotComparison> {
  const { client } = reading;
  await client.query(sessionSql);
  const found = await readStructure(client);
  const { differences, notValid } = compareStructure(wanted, found);
  differences.push(...changes("right", await known(client, wanted.rights), found.rights));
  const path = searchPathOf((await client.query<Setting>(settingsSql)).rows);
  differences.push(...(await compareTables(reading, { file, sums: end.sums, path })));
  differences.push(...changes("sequence", end.sequences, await readSequences(client)));
  differences.push(...(await compareLargeObjects(client, end)));
  return { differences, notValid };
}

function compareStructure(wanted: Structure, found: Structure): SnapshotComparison {
  const notValid: string[] = [];
  const there = new Set([...found.before, ...found.after].map(({ sql }) => sql));
  const expected = [...wanted.before, ...wanted.after].map(({ sql, name, otherwise }) => {
    if (otherwise !== "not valid" || there.has(sql) || !there.has(`${sql} NOT VALID`)) return sql;
    notValid.push(name);
    return `${sql} NOT VALID`;
  });
  return { differences: changes("object", expected, [...there]), notValid };
}

function changes(kind: string, wanted: string[], found: string[]): string[] {
  const [before, now] = [new Set(wanted), new Set(found)];
  return [
    ...[...before].filter((line) => !now.has(line)).map((line) => `${kind} is missing: ${line}`),
    ...[...now].filter((line) => !before.has(line)).map((line) => `${kind} is not in the file: ${line}`),
  ];
}

/** Without grants to roles that this server does not have. */
async function known(client: pg.Client, rights: string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>("SELECT quote_ident(rolname) AS name FROM pg_roles");
  const roles = new Set(["PUBLIC", "CURRENT_USER", ...rows.map(({ name }) => name)]);
  return rights.filter((sql) => {
    const to = / TO ("(?:[^"]|"")+"|[^\s"]+)(?: WITH GRANT OPTION)?$/.exec(sql)?.[1];
    return to === undefined || roles.has(to);
  });
}

async function compareTables(
  reading: Reading,
  { file, sums, path }: { file: string; sums: TableSum[]; path: string[] },
): Promise<string[]> {
  const { client } = reading;
  const wanted = new Map(sums.map((sum) => [qualified(sum), sum]));
  const generated = new Map((await readGeneratedColumns(client)).map((one) => [qualified(one), one]));
  const differences: string[] = [];
  const otherwise: RowTable[] = [];
  for (const table of await readRowTables(client)) {
    const name = qualified(table);
    const sum = wanted.get(name);
    if (!sum) continue;
    wanted.delete(name);
    if ((await sumRows(reading, table)).sha256 !== sum.sha256) otherwise.push(table);
    const columns = generated.get(name);
    if (columns && sum.generated && sum.generated !== (await sumGenerated(reading, columns, path)))
      differences.push(`generated values differ: ${name}`);
  }
  const inFile = await sumLinesOf(file, new Set(otherwise.map(qualified)));
  for (const table of otherwise) {
    const name = qualified(table);
    const lines = createLineSum();
    await sumRows(reading, table, (bytes) => lines.update(bytes));
    if (inFile.get(name) !== lines.digest()) differences.push(`rows differ: ${name}`);
  }
  return [...differences, ...[...wanted.keys()].map((name) => `rows are missing: ${name}`)];
}

async function sumRows(reading: Reading, table: RowTable, onRows?: (bytes: Buffer) => void) {
  const frames = seeingAll(reading, qualified(table), () =>
    tableFrames(reading.client, { data: (bytes) => bytes }, { target: copyTarget(table) }),
  );
  for (;;) {
    const { done, value } = await frames.next();
    if (done) return value;
    onRows?.(value);
  }
}

async function sumGenerated(reading: Reading, columns: GeneratedColumns, path: string[]) {
  const sums = seeingAll(reading, qualified(columns), async function* () {
    yield await sumGeneratedColumns(reading.client, columns, path);
  });
  let found: string | null = null;
  for await (const sum of sums) found = sum;
  return found;
}

/** The rows of some tables in the file, in whatever order. */
async function sumLinesOf(file: string, names: Set<string>): Promise<Map<string, string>> {
  if (names.size === 0) return new Map();
  const sums = new Map<string, ReturnType<typeof createLineSum>>();
  await readSnapshot(file, {
    table(table): RowSink | null {
      const name = qualified(table);
      if (!names.has(name)) return null;
      const sum = createLineSum();
      sums.set(name, sum);
      return {
        async write(bytes) {
          sum.update(bytes);
        },
        async end() {},
      };
    },
  });
  return new Map([...sums].map(([name, sum]) => [name, sum.digest()]));
}

async function compareLargeObjects(client: pg.Client, { largeObjects = [] }: SnapshotEnd): Promise<string[]> {
  const line = (oid: string, sha256: string) => `${oid} (${sha256})`;
  const found = [...(await sumLargeObjects(client))].map(([oid, sha256]) => line(oid, sha256));
  return changes(
    "large object",
    largeObjects.map(({ oid, sha256 }) => line(oid, sha256)),
    found,
  );
}
