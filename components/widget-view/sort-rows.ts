import type { TableAnswer } from "@/sdk/views/index.ts";

type Row = TableAnswer["rows"][number];

/** By one column, numbers and dates by their value, texts as the user's language orders them; what is empty comes last. */
export function sortRows(
  { columns, rows }: Pick<TableAnswer, "columns" | "rows">,
  sort: { column: string; descending: boolean } | null,
  locale: string | undefined,
): Row[] {
  const column = columns.find(({ key }) => key === sort?.column);
  if (sort === null || column === undefined) return rows;
  const texts = new Intl.Collator(locale, { numeric: true });
  const sortKey = (row: Row) => {
    const cell = row[column.key] ?? null;
    if (cell !== null && typeof cell === "object") return cell.text;
    return column.type === "date" && typeof cell === "string" ? Date.parse(cell) : cell;
  };
  return [...rows].sort((rowA, rowB) => {
    const [a, b] = [sortKey(rowA), sortKey(rowB)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order =
      typeof a === "number" && typeof b === "number" ? a - b : texts.compare(String(a), String(b));
    return sort.descending ? -order : order;
  });
}
