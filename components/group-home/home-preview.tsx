import { HomeGrid } from "@/components/home/home-grid";
import { EmptyState } from "@/components/ui/empty-state";
import { LayoutGrid, Lock } from "@/components/ui/icons";
import { ModuleIcon } from "@/components/ui/module-icon";
import type { WidgetView } from "@/contract/frames";
import type { HomeItem } from "@/contract/home";
import { texts } from "./texts.ts";

/** What stands on somebody's home and where; not what the widgets would tell them. */
export function HomePreview({ items, widgets }: { items: HomeItem[]; widgets: WidgetView[] }) {
  if (items.length === 0) {
    return (
      <EmptyState icon={LayoutGrid} title={texts.previewEmpty} className="rounded-lg border border-dashed">
        {texts.previewEmptyHint}
      </EmptyState>
    );
  }
  return (
    <HomeGrid items={items}>
      {(item) => {
        const widget = widgets.find(({ target }) => target === item.widget);
        if (widget === undefined) return null;
        return (
          <section className="flex h-full flex-col rounded-lg border bg-card">
            <header className="flex h-10 shrink-0 items-center gap-2 border-b px-3">
              <ModuleIcon
                src={widget.icon}
                title={widget.moduleTitle}
                className="size-4 rounded-sm border-0 text-xs"
              />
              <h2 className="min-w-0 flex-1 truncate text-[0.8125rem] font-medium">{widget.title}</h2>
              {item.locked ? (
                <Lock aria-label={texts.locked} className="size-3.5 shrink-0 text-muted-foreground" />
              ) : null}
            </header>
            <p className="overflow-hidden p-3 text-muted-foreground">
              {widget.summary ?? texts.fromModule(widget.moduleTitle)}
            </p>
          </section>
        );
      }}
    </HomeGrid>
  );
}
