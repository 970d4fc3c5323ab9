import { formatBytes, formatNumber } from "@/components/ui/format";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { TableInfo } from "@/contract/migration";
import { texts } from "./texts";

/** Tables with their rows and sizes, each size drawn as a share of the largest. */
export function TableSizes(props: { title: string; tables: TableInfo[] }) {
  const largest = Math.max(1, ...props.tables.map((table) => table.bytes));
  return (
    <Table label={texts.tablesOf(props.title)}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.table}</TableHead>
          <TableHead numeric>{texts.rows}</TableHead>
          <TableHead numeric>{texts.size}</TableHead>
          <TableHead className="hidden w-1/3 sm:table-cell">
            <span className="sr-only">{texts.share}</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {props.tables.map((table) => (
          <TableRow key={table.name}>
            <TableCell label={texts.table} className="font-mono text-xs">
              {table.name}
            </TableCell>
            <TableCell label={texts.rows} numeric>
              {formatNumber(table.rows)}
            </TableCell>
            <TableCell label={texts.size} numeric>
              {formatBytes(table.bytes)}
            </TableCell>
            <TableCell className="max-sm:hidden!">
              <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-muted">
                <div
                  className="h-full rounded-full bg-primary/70"
                  style={{ width: `${Math.max(1, (table.bytes / largest) * 100)}%` }}
                />
              </div>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
