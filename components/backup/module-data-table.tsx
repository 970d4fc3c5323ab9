import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Download } from "@/components/ui/icons";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { RestoreModuleButton } from "./restore-module-button";
import { texts } from "./texts";

export interface ModuleWithData {
  name: string;
  title: string;
  version: string;
  installed: boolean;
}

/** Modules that have data in the database. */
export function ModuleDataTable({ modules }: { modules: ModuleWithData[] }) {
  if (modules.length === 0) {
    return <p className="text-muted-foreground">{texts.noModuleData}</p>;
  }
  return (
    <Table label={texts.tableLabel}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.module}</TableHead>
          <TableHead>{texts.state}</TableHead>
          <TableHead>
            <span className="sr-only">{texts.actions}</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {modules.map(({ name, title, version, installed }) => (
          <TableRow key={name}>
            <TableCell className="font-medium">
              {title} <span className="tabular font-normal text-muted-foreground">{version}</span>
            </TableCell>
            <TableCell label={texts.state}>
              <Badge tone={installed ? "solid" : "neutral"}>{installed ? texts.installed : texts.kept}</Badge>
            </TableCell>
            <TableCell>
              <div className="flex flex-wrap justify-end gap-2">
                <Button asChild size="sm">
                  <a
                    href={`/api/v1/graft/modules/${name}/data`}
                    download={`${name}-${version}.graft`}
                    aria-label={texts.exportDataOf(title)}
                  >
                    <Download aria-hidden />
                    {texts.export}
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
