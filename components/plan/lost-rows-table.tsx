import { formatNumber } from "@/components/ui/format";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { LostRows } from "@/contract/migration";
import { texts } from "./texts";

/** Tables and columns that an older version does not have, and how many rows hold something in them. */
export function LostRowsTable(props: { module: string; lost: LostRows[] }) {
  if (props.lost.length === 0) return null;
  return (
    <Table label={texts.notInOlderVersion(props.module)}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.lost}</TableHead>
          <TableHead>{texts.kind}</TableHead>
          <TableHead numeric>{texts.rowsWithData}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {props.lost.map((loss) => (
          <TableRow key={loss.name}>
            <TableCell label={texts.lost} className="font-mono text-xs break-all">
              {loss.name}
            </TableCell>
            <TableCell label={texts.kind}>{loss.kind === "table" ? texts.table : texts.column}</TableCell>
            <TableCell label={texts.rowsWithData} numeric>
              {formatNumber(loss.rows)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
