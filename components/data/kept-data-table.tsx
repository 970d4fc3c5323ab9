import { Download } from "lucide-react";
import { PlanButton } from "@/components/plan/plan-button";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatBytes, formatNumber } from "@/components/ui/format";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { KeptDataView } from "@/contract/kept-data";
import { DeleteKeptData } from "./delete-kept-data";

const kinds = { kept: "In the database", exported: "File", snapshot: "Snapshot" };

export function KeptDataTable({ items }: { items: (KeptDataView & { installed: boolean })[] }) {
  return (
    <Table label="Kept data and exports">
      <TableHeader>
        <TableRow>
          <TableHead>Module</TableHead>
          <TableHead>Kind</TableHead>
          <TableHead>Why taken</TableHead>
          <TableHead numeric>Tables</TableHead>
          <TableHead numeric>Rows</TableHead>
          <TableHead numeric>Size</TableHead>
          <TableHead numeric>Since</TableHead>
          <TableHead>
            <span className="sr-only">Actions</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {items.map((item) => (
          <TableRow key={item.id}>
            <TableCell className="font-medium">
              {item.module} <span className="tabular font-normal text-muted-foreground">{item.version}</span>
            </TableCell>
            <TableCell label="Kind">
              <Badge tone={item.kind === "kept" ? "solid" : "neutral"}>{kinds[item.kind]}</Badge>
            </TableCell>
            <TableCell label="Why taken" className="text-muted-foreground">
              {item.reason ?? "–"}
            </TableCell>
            <TableCell label="Tables" numeric>
              {formatNumber(item.tables)}
            </TableCell>
            <TableCell label="Rows" numeric>
              {formatNumber(item.rows)}
            </TableCell>
            <TableCell label="Size" numeric>
              {formatBytes(item.bytes)}
            </TableCell>
            <TableCell label="Since" numeric className="text-muted-foreground">
              <Time value={item.createdAt} />
            </TableCell>
            <TableCell>
              <div className="flex flex-wrap justify-end gap-2">
                {item.kind !== "kept" && (
                  <Button asChild size="sm">
                    <a
                      href={`/admin/data/${item.id}/download`}
                      download
                      aria-label={`Download the data of ${item.module}`}
                    >
                      <Download aria-hidden />
                      Download
                    </a>
                  </Button>
                )}
                {item.kind === "snapshot" && (
                  <PlanButton
                    size="sm"
                    aria-label={`Restore ${item.module} ${item.version} from this snapshot`}
                    changes={[{ action: "restore", snapshot: item.id }]}
                  >
                    Restore…
                  </PlanButton>
                )}
                {item.kind === "kept" && !item.installed && (
                  <PlanButton
                    size="sm"
                    aria-label={`Install ${item.module} again with its data`}
                    changes={[{ action: "install", module: item.module, data: "reuse" }]}
                  >
                    Install again
                  </PlanButton>
                )}
                <DeleteKeptData id={item.id} module={item.module} rows={item.rows} kind={item.kind} />
              </div>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
