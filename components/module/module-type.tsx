import { Badge } from "@/components/ui/badge";
import { AppWindow, Blocks, type IconComponent, LayoutGrid, Plug } from "@/components/ui/icons";
import type { ModuleType } from "@/contract/limits";
import { texts } from "./texts";

export const moduleTypes: Record<ModuleType, { label: string; plural: string; icon: IconComponent }> = {
  plugin: { label: texts.plugin, plural: texts.plugins, icon: AppWindow },
  widget: { label: texts.widget, plural: texts.widgets, icon: LayoutGrid },
  module: { label: texts.module, plural: texts.modules, icon: Blocks },
  integration: { label: texts.integration, plural: texts.integrations, icon: Plug },
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
