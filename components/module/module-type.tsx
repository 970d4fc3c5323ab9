import { AppWindow, Blocks, LayoutGrid, type LucideIcon, Plug } from "lucide-react";
import { Badge } from "@/components/ui/badge";

export type ModuleType = "module" | "plugin" | "widget" | "integration";

export const moduleTypes: Record<ModuleType, { label: string; plural: string; icon: LucideIcon }> = {
  plugin: { label: "Plugin", plural: "Plugins", icon: AppWindow },
  widget: { label: "Widget", plural: "Widgets", icon: LayoutGrid },
  module: { label: "Module", plural: "Modules", icon: Blocks },
  integration: { label: "Integration", plural: "Integrations", icon: Plug },
};

export function isModuleType(value: unknown): value is ModuleType {
  return typeof value === "string" && Object.hasOwn(moduleTypes, value);
}

export function ModuleTypeBadge({ type }: { type: ModuleType }) {
  const { label, icon: Icon } = moduleTypes[type];
  return (
    <Badge>
      <Icon aria-hidden />
      {label}
    </Badge>
  );
}
