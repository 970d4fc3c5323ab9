import type { Versions } from "./rows-as-then.ts";

interface Conversion {
  versions: Pick<Versions, "now" | "named" | "target">;
  from: string;
  to: string;
  /** Under its present name. */
  column: string;
}

const bare = (type: string) => type.replace(/ COLLATE [\s\S]*$/, "");
const isNumber = (type: string) => /^(smallint|integer|bigint|numeric|real|double precision)\b/.test(type);
const bounds: Record<string, [string, string]> = {
  smallint: ["-32768", "32767"],
  integer: ["-2147483648", "2147483647"],
  bigint: ["-9223372036854775808", "9223372036854775807"],
};

/** Which values of a column another type does not take, or not whole; null where it takes all. */
export function whyNotConverted({
  versions,
  from,
  to,
  column,
}: Conversion): { what: string; condition: string } | null {
  const type = bare(to);
  const labels = labelsOf(versions, type.replace(/\[\]$/, ""));
  if (labels) {
    const values = type.endsWith("[]")
      ? `${column}::pg_catalog.text::pg_catalog.text[]`
      : `ARRAY[${column}::pg_catalog.text]`;
    return {
      what: "a value that the older version does not know",
      condition: `${column} IS NOT NULL AND NOT ${values} <@ ARRAY[${labels.join(", ")}]`,
    };
  }
  if (from.endsWith("[]") && !type.endsWith("[]"))
    return { what: "more than one value", condition: `pg_catalog.cardinality(${column}) > 1` };
  if (from.endsWith("[]") !== type.endsWith("[]") || from === "boolean") return null;
  const [low, high] = bounds[type] ?? [];
  const what = `what is no ${type}`;
  if (isNumber(from) && low && high) {
    const value = `${column}::pg_catalog.numeric`;
    return {
      what,
      condition: `${value} NOT BETWEEN ${low} AND ${high} OR ${value} <> pg_catalog.trunc(${value})`,
    };
  }
  // From PostgreSQL 16 on; before, the way itself shows it.
  return {
    what,
    condition: `NOT pg_catalog.pg_input_is_valid(${column}::pg_catalog.text, '${type.replaceAll("'", "''")}')`,
  };
}

/** Of an enum of the older version, as literals, under the names that they have now as well. */
function labelsOf({ now, named, target }: Conversion["versions"], type: string): string[] | null {
  const then = target.get(`1247 ${type}`);
  const read = (sql = ""): string[] | null =>
    / AS ENUM \(/.test(sql) ? (sql.slice(sql.indexOf(" AS ENUM (")).match(/'(?:[^']|'')*'/g) ?? []) : null;
  const labels = read(then?.sql);
  if (!labels) return null;
  const standing = named.get(`1247 ${type}`);
  const undone = read(standing?.sql) ?? [];
  const present =
    read([...now.values()].find(({ object }) => object.key === standing?.object.key)?.sql) ?? [];
  return [
    ...labels,
    ...undone.flatMap((label, i) => (labels.includes(label) && present[i] ? [present[i]] : [])),
  ];
}
