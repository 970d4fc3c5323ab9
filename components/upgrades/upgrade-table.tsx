import Link from "next/link";
import { PlanButton } from "@/components/plan/plan-button";
import { Badge } from "@/components/ui/badge";
import { ModuleIcon } from "@/components/ui/module-icon";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { UnsupportedVersion } from "@/contract/catalog";
import type { Update } from "@/contract/upgrades";
import { AutomaticSwitch } from "./automatic-switch";
import { texts } from "./texts";

type UpgradeView = Pick<Update, "module" | "title" | "excluded"> & {
  /** Address of its icon. */
  icon: string | null;
  version: string;
  /** Null: it is the newest. */
  to: Update["to"] | null;
  level: Update["level"] | null;
  /** The newest of all, where this host cannot run it. */
  unsupported: UnsupportedVersion | null;
};

const levels = { patch: "neutral", minor: "primary", major: "warning" } as const;

/** Every installed module: what is newer, and whether upgrades of it may happen by themselves. */
export function UpgradeTable({ modules, mayChange }: { modules: UpgradeView[]; mayChange: boolean }) {
  return (
    <Table label={texts.tableLabel}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.module}</TableHead>
          <TableHead>{texts.version}</TableHead>
          <TableHead>{texts.automatic}</TableHead>
          <TableHead>
            <span className="sr-only">{texts.upgrade}</span>
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
            <TableCell label={texts.version}>
              <span className="tabular inline-flex flex-wrap items-center gap-2">
                {module.to === null ? module.version : `${module.version} → ${module.to}`}
                {module.level !== null && (
                  <Badge tone={levels[module.level]}>{texts.levels[module.level]}</Badge>
                )}
                {module.unsupported !== null && (
                  <span className="text-muted-foreground">
                    {texts.needsGraft(module.unsupported.version, module.unsupported.graft)}
                  </span>
                )}
              </span>
            </TableCell>
            <TableCell label={texts.automatic}>
              <AutomaticSwitch
                module={module.module}
                title={module.title}
                on={!module.excluded}
                disabled={!mayChange}
              />
            </TableCell>
            <TableCell className="text-right">
              {module.to === null ? (
                <span className="text-muted-foreground">{texts.upToDate}</span>
              ) : (
                <PlanButton
                  size="sm"
                  aria-label={texts.upgradeTo(module.title, module.to)}
                  changes={[{ action: "upgrade", module: module.module }]}
                >
                  {texts.upgrade}
                </PlanButton>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
