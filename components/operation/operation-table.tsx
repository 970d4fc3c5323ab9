import Link from "next/link";
import { formatMs } from "@/components/ui/format";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { OperationView } from "@/contract/operation";
import { OperationStatusLabel } from "./operation-status";
import { texts } from "./texts";

type Row = Pick<OperationView, "id" | "title" | "status" | "actorName" | "startedAt" | "finishedAt">;

export function OperationTable({ operations }: { operations: Row[] }) {
  return (
    <Table label={texts.operations}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.operation}</TableHead>
          <TableHead>{texts.status}</TableHead>
          <TableHead>{texts.by}</TableHead>
          <TableHead numeric>{texts.took}</TableHead>
          <TableHead numeric>{texts.started}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {operations.map((operation) => (
          <TableRow key={operation.id}>
            <TableCell>
              <Link
                href={`/admin/operations/${operation.id}`}
                className="font-medium underline-offset-4 hover:underline"
              >
                {operation.title}
              </Link>
            </TableCell>
            <TableCell label={texts.status}>
              <OperationStatusLabel status={operation.status} />
            </TableCell>
            <TableCell label={texts.by}>{operation.actorName}</TableCell>
            <TableCell label={texts.took} numeric>
              {operation.finishedAt === null
                ? "–"
                : formatMs(Date.parse(operation.finishedAt) - Date.parse(operation.startedAt))}
            </TableCell>
            <TableCell label={texts.started} numeric className="text-muted-foreground">
              <Time value={operation.startedAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
