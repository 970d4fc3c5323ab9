import { formatNumber } from "@/components/ui/format";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { LostRows } from "@/contract/migration";

/** Tables and columns that an older version does not have, and how many rows hold something in them. */
export function LostRowsTable(props: { module: string; lost: LostRows[] }) {
  if (props.lost.length === 0) return null;
  return (
    <Table label={`What the older ${props.module} does not have`}>
      <TableHeader>
        <TableRow>
          <TableHead>Goes</TableHead>
          <TableHead>Kind</TableHead>
          <TableHead numeric>Rows with something in it</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {props.lost.map((loss) => (
          <TableRow key={loss.name}>
            <TableCell label="Goes" className="font-mono text-xs break-all">
              {loss.name}
            </TableCell>
            <TableCell label="Kind">{loss.kind === "table" ? "Table" : "Column"}</TableCell>
            <TableCell label="Rows with something in it" numeric>
              {formatNumber(loss.rows)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
