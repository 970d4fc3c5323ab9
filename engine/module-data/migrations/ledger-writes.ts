import pg from "pg";

/** As Prisma's engine hands it over. */
export interface LedgerQuery {
  sql: string;
  args: unknown[];
}

interface LedgerRow {
  /** id, checksum, started_at, migration_name */
  begun: unknown[];
  steps: number;
  finishedAt: unknown;
}

/** Rows of the ledger on their way to it. */
export interface LedgerWrites {
  /** Holds back what the engine writes there. False: it reads or creates, which needs everything before it done. */
  take(query: LedgerQuery): boolean;
  /** The statements that write what was held, a row only once its migration is finished unless `all`; then none is held. */
  flush(all: boolean): string[];
}

const write = /^(?:INSERT INTO|UPDATE) "_prisma_migrations" /;
const begins =
  'INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ($1,$2,$3,$4)';
const counts =
  'UPDATE "_prisma_migrations" SET "applied_steps_count" = ("applied_steps_count" + $1) WHERE "id" = $2';
const finishes = 'UPDATE "_prisma_migrations" SET "finished_at" = $1 WHERE "id" = $2';

/**
 * The engine inserts a row and updates it twice for every migration, and would wait for each. In one transaction nobody
 * can tell: here they become one INSERT for all migrations. What it writes otherwise goes as it is, after that.
 */
export function createLedgerWrites(): LedgerWrites {
  const rows = new Map<unknown, LedgerRow>();
  let others: string[] = [];
  return {
    take(query) {
      const { sql, args } = query;
      if (!write.test(sql)) return false;
      const row = rows.get(args[1]);
      if (sql === begins) rows.set(args[0], { begun: args, steps: 0, finishedAt: null });
      else if (sql === counts && row) row.steps += Number(args[0]);
      else if (sql === finishes && row) row.finishedAt = args[0];
      else others.push(asText(query));
      return true;
    },
    flush(all) {
      const ready = [...rows.values()].filter(({ finishedAt }) => all || finishedAt !== null);
      const statements = ready.length > 0 ? [insertAll(ready), ...others] : others;
      for (const { begun } of ready) rows.delete(begun[0]);
      others = [];
      return statements;
    },
  };
}

function insertAll(rows: LedgerRow[]): string {
  const values = rows.map(({ begun, steps, finishedAt }) =>
    [...begun, steps, finishedAt].map(literal).join(","),
  );
  return `INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name","applied_steps_count","finished_at") VALUES (${values.join("),(")})`;
}

/** The query as one text, so that it can go to the server together with a script. @throws for a value no ledger has */
export function asText({ sql, args }: LedgerQuery): string {
  return sql.replace(/\$(\d+)/g, (_, number: string) => literal(args[Number(number) - 1]));
}

function literal(value: unknown): string {
  if (value === null) return "NULL";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "string") return pg.escapeLiteral(value);
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  throw new Error(`The engine wrote a value of type ${typeof value} into the ledger`);
}
