import { formatBytes, formatNumber, plural } from "@/components/ui/format";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { MigrationProblem, TableInfo } from "@/contract/migration";

export interface LossView {
  module: string;
  title: string;
  /** How it goes: exported first, deleted, or changed by a migration. */
  how: "export" | "delete" | "fresh" | "migration";
  tables: TableInfo[];
  rows: number;
  bytes: number;
  statements: MigrationProblem[];
}

const sentences: Record<LossView["how"], string> = {
  export: "is written to a file you can download, then removed from the database.",
  delete: "is deleted. Only its snapshot can bring it back, as long as that is kept.",
  fresh: "that was kept is deleted, and the module starts empty.",
  migration: "is changed by statements that can lose some of it.",
};

/** What would be gone afterwards: tables with their rows, and the statements that take something away. */
export function LossList({ losses }: { losses: LossView[] }) {
  return (
    <div className="grid grid-cols-1 gap-6">
      {losses.map((loss) => (
        <div key={loss.module} className="grid gap-3">
          <p>
            The data of <strong className="font-semibold">{loss.title}</strong> ({plural(loss.rows, "row")},{" "}
            {formatBytes(loss.bytes)}) {sentences[loss.how]}
          </p>
          {loss.tables.length > 0 && <LossTable loss={loss} />}
          {loss.statements.map((statement) => (
            <div key={`${statement.migration}:${statement.line}`} className="grid gap-1">
              <code className="rounded-md bg-muted px-2 py-1 font-mono text-xs break-words">
                {statement.statement}
              </code>
              <span className="text-muted-foreground">
                {statement.reason} ({statement.migration}, line {statement.line})
              </span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function LossTable({ loss }: { loss: LossView }) {
  return (
    <Table label={`Tables of ${loss.title}`}>
      <TableHeader>
        <TableRow>
          <TableHead>Table</TableHead>
          <TableHead numeric>Rows</TableHead>
          <TableHead numeric>Size</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {loss.tables.map((table) => (
          <TableRow key={table.name}>
            <TableCell label="Table" className="h-9 py-1 font-mono text-xs">
              {table.name}
            </TableCell>
            <TableCell label="Rows" numeric className="h-9 py-1">
              {formatNumber(table.rows)}
            </TableCell>
            <TableCell label="Size" numeric className="h-9 py-1">
              {formatBytes(table.bytes)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
