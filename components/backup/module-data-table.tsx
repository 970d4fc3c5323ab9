import { Download } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { RestoreModuleButton } from "./restore-module-button";

export interface ModuleWithData {
  name: string;
  title: string;
  version: string;
  installed: boolean;
}

/** Modules that have data in the database. */
export function ModuleDataTable({ modules }: { modules: ModuleWithData[] }) {
  if (modules.length === 0) {
    return (
      <p className="text-muted-foreground">No module has data. A file from another host can be restored.</p>
    );
  }
  return (
    <Table label="Data of modules">
      <TableHeader>
        <TableRow>
          <TableHead>Module</TableHead>
          <TableHead>State</TableHead>
          <TableHead>
            <span className="sr-only">Actions</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {modules.map(({ name, title, version, installed }) => (
          <TableRow key={name}>
            <TableCell className="font-medium">
              {title} <span className="tabular font-normal text-muted-foreground">{version}</span>
            </TableCell>
            <TableCell label="State">
              <Badge tone={installed ? "solid" : "neutral"}>{installed ? "Installed" : "Kept"}</Badge>
            </TableCell>
            <TableCell>
              <div className="flex flex-wrap justify-end gap-2">
                <Button asChild size="sm">
                  <a
                    href={`/api/v1/graft/modules/${name}/data`}
                    download={`${name}-${version}.graft`}
                    aria-label={`Export the data of ${title}`}
                  >
                    <Download aria-hidden />
                    Export
                  </a>
                </Button>
                {installed && <RestoreModuleButton module={{ name, title }} />}
              </div>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
