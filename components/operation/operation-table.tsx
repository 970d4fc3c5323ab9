import Link from "next/link";
import { formatMs } from "@/components/ui/format";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { OperationView } from "@/contract/operation";
import { OperationStatusLabel } from "./operation-status";

type Row = Pick<OperationView, "id" | "title" | "status" | "actorName" | "startedAt" | "finishedAt">;

export function OperationTable({ operations }: { operations: Row[] }) {
  return (
    <Table label="Operations">
      <TableHeader>
        <TableRow>
          <TableHead>Operation</TableHead>
          <TableHead>Status</TableHead>
          <TableHead>By</TableHead>
          <TableHead numeric>Took</TableHead>
          <TableHead numeric>Started</TableHead>
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
            <TableCell label="Status">
              <OperationStatusLabel status={operation.status} />
            </TableCell>
            <TableCell label="By">{operation.actorName}</TableCell>
            <TableCell label="Took" numeric>
              {operation.finishedAt === null
                ? "–"
                : formatMs(Date.parse(operation.finishedAt) - Date.parse(operation.startedAt))}
            </TableCell>
            <TableCell label="Started" numeric className="text-muted-foreground">
              <Time value={operation.startedAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
