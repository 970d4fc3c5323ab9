import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { formatMb } from "@/components/ui/format";
import { ModuleIcon } from "@/components/ui/module-icon";
import { Sparkline } from "@/components/ui/sparkline";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { ModuleStateView } from "@/contract/health";
import type { ModuleView } from "@/contract/modules";
import { ModuleStateLabel } from "./module-state";
import { moduleTypes } from "./module-type";
import { texts } from "./texts";

export interface ModuleRowView extends Pick<ModuleView, "name" | "title" | "icon" | "type" | "version"> {
  /** Newest version in the catalogs when it is a newer one. */
  upgrade: string | null;
  state: ModuleStateView;
  access: string;
  rssMb: number | null;
  memory: (number | null)[];
}

export function ModuleTable({ modules }: { modules: ModuleRowView[] }) {
  return (
    <Table label={texts.installedModules}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.module}</TableHead>
          <TableHead>{texts.state}</TableHead>
          <TableHead>{texts.access}</TableHead>
          <TableHead>{texts.version}</TableHead>
          <TableHead numeric>{texts.memory}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {modules.map((module) => (
          <TableRow key={module.name}>
            <TableCell>
              <Link
                href={`/admin/modules/${module.name}`}
                className="group flex min-w-0 items-center gap-3 text-left"
              >
                <ModuleIcon src={module.icon} title={module.title} className="size-8 rounded-md text-xs" />
                <span className="grid min-w-0">
                  <span className="truncate font-medium underline-offset-4 group-hover:underline">
                    {module.title}
                  </span>
                  <span className="text-xs text-muted-foreground">{moduleTypes[module.type].label}</span>
                </span>
              </Link>
            </TableCell>
            <TableCell label={texts.state}>
              <ModuleStateLabel state={module.state} />
            </TableCell>
            <TableCell label={texts.access}>{module.access}</TableCell>
            <TableCell label={texts.version}>
              <span className="tabular inline-flex items-center gap-2">
                {module.upgrade === null ? (
                  module.version
                ) : (
                  <>
                    {module.version} → {module.upgrade} <Badge tone="primary">{texts.upgrade}</Badge>
                  </>
                )}
              </span>
            </TableCell>
            <TableCell label={texts.memory} numeric>
              <span className="inline-flex items-center gap-2">
                <Sparkline
                  values={module.memory}
                  label={texts.memoryOverLastDay(module.title)}
                  className="hidden w-20 sm:block"
                />
                <span className="w-14">{module.rssMb === null ? "–" : formatMb(module.rssMb)}</span>
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
