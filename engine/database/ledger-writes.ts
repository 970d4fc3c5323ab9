import pg from "pg";

/** As Prisma's engine hands it over. */
export interface LedgerQuery {
  sql: string;
  args: unknown[];
}

const written = /^(?:INSERT INTO|UPDATE) "_prisma_migrations" /;

/** A row of the ledger that the engine writes; what it reads or creates is not one. */
export const isLedgerWrite = ({ sql }: LedgerQuery) => written.test(sql);

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
