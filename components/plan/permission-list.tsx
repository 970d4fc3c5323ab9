import {
  AppWindow,
  Braces,
  Cpu,
  Database,
  Globe,
  type IconComponent,
  LayoutGrid,
  Network,
  Puzzle,
} from "@/components/ui/icons";
import type { PlanPermission } from "@/contract/plan";
import { ByModule } from "./by-module";

const icons: Record<PlanPermission["kind"], IconComponent> = {
  database: Database,
  network: Globe,
  module: Network,
  memory: Cpu,
  extension: Puzzle,
  pages: AppWindow,
  widgets: LayoutGrid,
  api: Braces,
};

export function permissionIcon(kind: PlanPermission["kind"]): IconComponent {
  return icons[kind];
}

/** What each module will be allowed, in plain words. */
export function PermissionList(props: { permissions: PlanPermission[]; titles: Map<string, string> }) {
  return (
    <ByModule items={props.permissions} titles={props.titles}>
      {(permission) => {
        const Icon = permissionIcon(permission.kind);
        return (
          <li key={permission.text} className="flex items-start gap-2.5">
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
            <span>{permission.text}</span>
          </li>
        );
      }}
    </ByModule>
  );
}
