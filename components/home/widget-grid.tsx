import { memo } from "react";
import type { WidgetView } from "@/contract/frames";
import type { HomeItem } from "@/contract/home";
import type { GraftUser } from "@/sdk/client/messages";
import { HomeGrid } from "./home-grid.tsx";
import { WidgetCard } from "./widget-card.tsx";

/** A home with its widgets at work. */
export const WidgetGrid = memo(function WidgetGrid(props: {
  items: HomeItem[];
  widgets: ReadonlyMap<string, WidgetView>;
  user: GraftUser;
}) {
  const { widgets } = props;
  return (
    <HomeGrid items={props.items.filter((item) => widgets.has(item.widget))}>
      {(item) => {
        const widget = widgets.get(item.widget);
        return widget === undefined ? null : <WidgetCard item={item} widget={widget} user={props.user} />;
      }}
    </HomeGrid>
  );
});
