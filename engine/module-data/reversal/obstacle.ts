/** What rows may have that the older version cannot, with the query that counts them. */
export interface Obstacle {
  reason(rows: number): string;
  countSql: string;
}

export const rowsThat = (n: number, many: string, one = `${many}s`): string =>
  n === 1 ? `1 row ${one}` : `${n} rows ${many}`;

/** Of a table or of a query in brackets. */
export const countRows = (from: string): string => `SELECT pg_catalog.count(*) AS rows FROM ${from}`;

export const shortName = (name: string): string => name.replace(/^public\./, "");
