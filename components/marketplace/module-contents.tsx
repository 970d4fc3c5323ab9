import type { ReactNode } from "react";
import {
  AppWindow,
  Braces,
  Database,
  Flag,
  type IconComponent,
  LayoutGrid,
  Puzzle,
  Radio,
  Settings2,
} from "@/components/ui/icons";

/** One thing that a module adds or asks for: "Page", its name, and a line about it. */
export interface ContentItem {
  kind: "page" | "widget" | "api" | "tables" | "flag" | "capability" | "event" | "setting";
  title: string;
  detail?: ReactNode;
}

const icons: Record<ContentItem["kind"], IconComponent> = {
  page: AppWindow,
  widget: LayoutGrid,
  api: Braces,
  tables: Database,
  flag: Flag,
  capability: Puzzle,
  event: Radio,
  setting: Settings2,
};

export function ModuleContents({ items, empty }: { items: ContentItem[]; empty: string }) {
  if (items.length === 0) return <p className="text-muted-foreground">{empty}</p>;
  return (
    <ul className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
      {items.map((item) => {
        const Icon = icons[item.kind];
        return (
          <li key={`${item.kind}${item.title}`} className="flex items-start gap-2.5">
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
            <span className="grid min-w-0 gap-0.5">
              <span className="font-medium">{item.title}</span>
              {item.detail && <span className="text-muted-foreground">{item.detail}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
