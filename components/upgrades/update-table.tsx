import Link from "next/link";
import { PlanButton } from "@/components/plan/plan-button";
import { Badge } from "@/components/ui/badge";
import { ModuleIcon } from "@/components/ui/module-icon";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { Update } from "@/contract/upgrades";
import { AutomaticSwitch } from "./automatic-switch";

type UpdateView = Pick<Update, "module" | "title" | "excluded"> & {
  /** Address of its icon. */
  icon: string | null;
  version: string;
  /** Null: it is the newest. */
  to: Update["to"] | null;
  level: Update["level"] | null;
};

const levels = { patch: "neutral", minor: "primary", major: "warning" } as const;

/** Every installed module: what is newer, and whether upgrades of it may happen by themselves. */
export function UpdateTable({ modules, mayChange }: { modules: UpdateView[]; mayChange: boolean }) {
  return (
    <Table label="Installed modules and their updates">
      <TableHeader>
        <TableRow>
          <TableHead>Module</TableHead>
          <TableHead>Version</TableHead>
          <TableHead>Automatic</TableHead>
          <TableHead>
            <span className="sr-only">Update</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {modules.map((module) => (
          <TableRow key={module.module}>
            <TableCell>
              <Link
                href={`/admin/modules/${module.module}`}
                className="group flex min-w-0 items-center gap-3 text-left"
              >
                <ModuleIcon src={module.icon} title={module.title} className="size-8 rounded-md text-xs" />
                <span className="truncate font-medium underline-offset-4 group-hover:underline">
                  {module.title}
                </span>
              </Link>
            </TableCell>
            <TableCell label="Version">
              <span className="tabular inline-flex flex-wrap items-center gap-2">
                {module.to === null ? module.version : `${module.version} → ${module.to}`}
                {module.level !== null && <Badge tone={levels[module.level]}>{module.level}</Badge>}
              </span>
            </TableCell>
            <TableCell label="Automatic">
              <AutomaticSwitch
                module={module.module}
                title={module.title}
                on={!module.excluded}
                disabled={!mayChange}
              />
            </TableCell>
            <TableCell className="text-right">
              {module.to === null ? (
                <span className="text-muted-foreground">Up to date</span>
              ) : (
                <PlanButton
                  size="sm"
                  aria-label={`Update ${module.title} to ${module.to}`}
                  changes={[{ action: "upgrade", module: module.module }]}
                >
                  Update
                </PlanButton>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
