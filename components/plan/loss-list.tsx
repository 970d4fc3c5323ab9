import { formatBytes, formatNumber } from "@/components/ui/format";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { MigrationProblem, TableInfo } from "@/contract/migration";
import { texts } from "./texts";

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

/** What would be gone afterwards: tables with their rows, and the statements that take something away. */
export function LossList({ losses }: { losses: LossView[] }) {
  return (
    <div className="grid grid-cols-1 gap-6">
      {losses.map((loss) => (
        <div key={loss.module} className="grid gap-3">
          <p>
            {texts.losses[loss.how](
              <strong className="font-semibold">{loss.title}</strong>,
              texts.amount(loss.rows, loss.bytes),
            )}
          </p>
          {loss.tables.length > 0 && <LossTable loss={loss} />}
          {loss.statements.map((statement) => (
            <div key={`${statement.migration}:${statement.line}`} className="grid gap-1">
              <code className="rounded-md bg-muted px-2 py-1 font-mono text-xs break-words">
                {statement.statement}
              </code>
              <span className="text-muted-foreground">
                {texts.reasonAt(statement.reason, statement.migration, statement.line)}
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
    <Table label={texts.tablesOf(loss.title)}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.table}</TableHead>
          <TableHead numeric>{texts.rows}</TableHead>
          <TableHead numeric>{texts.size}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {loss.tables.map((table) => (
          <TableRow key={table.name}>
            <TableCell label={texts.table} className="h-9 py-1 font-mono text-xs">
              {table.name}
            </TableCell>
            <TableCell label={texts.rows} numeric className="h-9 py-1">
              {formatNumber(table.rows)}
            </TableCell>
            <TableCell label={texts.size} numeric className="h-9 py-1">
              {formatBytes(table.bytes)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
