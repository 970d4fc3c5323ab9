import { PlanButton } from "@/components/plan/plan-button";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatBytes, formatNumber } from "@/components/ui/format";
import { Download } from "@/components/ui/icons";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { KeptDataView } from "@/contract/kept-data";
import { DeleteKeptData } from "./delete-kept-data";
import { texts } from "./texts";

const kinds = { kept: texts.keptKind, exported: texts.exportedKind, snapshot: texts.snapshotKind };

interface Props {
  items: (KeptDataView & { installed: boolean })[];
  /** Administrators alone: what is deleted here is gone for good. */
  mayDelete: boolean;
}

export function KeptDataTable({ items, mayDelete }: Props) {
  return (
    <Table label={texts.keptDataAndExports}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.module}</TableHead>
          <TableHead>{texts.kind}</TableHead>
          <TableHead>{texts.reason}</TableHead>
          <TableHead numeric>{texts.tables}</TableHead>
          <TableHead numeric>{texts.rows}</TableHead>
          <TableHead numeric>{texts.size}</TableHead>
          <TableHead numeric>{texts.created}</TableHead>
          <TableHead>
            <span className="sr-only">{texts.actions}</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {items.map((item) => (
          <TableRow key={item.id}>
            <TableCell className="font-medium">
              {item.module} <span className="tabular font-normal text-muted-foreground">{item.version}</span>
            </TableCell>
            <TableCell label={texts.kind}>
              <Badge tone={item.kind === "kept" ? "solid" : "neutral"}>
                {item.kind === "snapshot" && item.stands ? texts.standingKind : kinds[item.kind]}
              </Badge>
            </TableCell>
            <TableCell label={texts.reason} className="text-muted-foreground">
              {item.reason ?? "–"}
            </TableCell>
            <TableCell label={texts.tables} numeric>
              {formatNumber(item.tables)}
            </TableCell>
            <TableCell label={texts.rows} numeric>
              {formatNumber(item.rows)}
            </TableCell>
            <TableCell label={texts.size} numeric>
              {formatBytes(item.bytes)}
            </TableCell>
            <TableCell label={texts.created} numeric className="text-muted-foreground">
              <Time value={item.createdAt} />
            </TableCell>
            <TableCell>
              <div className="flex flex-wrap justify-end gap-2">
                <Button asChild size="sm">
                  <a
                    href={`/admin/data/${item.id}/download`}
                    download
                    aria-label={texts.downloadTheDataOf(item.module)}
                  >
                    <Download aria-hidden />
                    {texts.download}
                  </a>
                </Button>
                {item.kind === "snapshot" && (
                  <PlanButton
                    size="sm"
                    aria-label={texts.restoreFromSnapshot(item.module, item.version)}
                    changes={[{ action: "restore", snapshot: item.id }]}
                  >
                    {texts.restore}
                  </PlanButton>
                )}
                {item.kind === "kept" && !item.installed && (
                  <PlanButton
                    size="sm"
                    aria-label={texts.installAgainWithData(item.module)}
                    changes={[{ action: "install", module: item.module, data: "reuse" }]}
                  >
                    {texts.installAgain}
                  </PlanButton>
                )}
                {mayDelete && (
                  <DeleteKeptData id={item.id} module={item.module} rows={item.rows} kind={item.kind} />
                )}
              </div>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
