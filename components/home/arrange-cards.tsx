"use client";

import { memo, useState } from "react";
import ReactGridLayout, { type LayoutItem } from "react-grid-layout";
import type { HomeItem } from "@/contract/home";
import "react-grid-layout/css/styles.css";
import "./arrange-grid.css";
import type { WidgetView } from "@/contract/frames";
import { homeColumns as columns } from "@/contract/home-grid";
import type { GraftUser } from "@/sdk/client/messages";
import { toColumn, toGrid } from "./arrange.ts";
import { ArrangeCard, type CardActions } from "./arrange-card.tsx";
import { gapPx, rowPx } from "./grid-size.ts";

// A row in the phone's column: small enough to see what comes before and after.
const columnRowPx = 24;

/** The same object all the time, as {@link CardActions}. */
export interface GridActions extends CardActions {
  onMoved(layout: readonly LayoutItem[]): void;
  onResized(layout: readonly LayoutItem[]): void;
}

interface ArrangeCardsProps {
  items: HomeItem[];
  widgets: ReadonlyMap<string, WidgetView>;
  user: GraftUser | null;
  mayUnlock: boolean;
  noteOf: ((target: string) => string | null) | undefined;
  wide: boolean;
  /** Pixels. */
  width: number;
  actions: GridActions;
}

/** The cards in the grid; drawn anew only when what it is given changes. */
export const ArrangeCards = memo(function ArrangeCards(props: ArrangeCardsProps) {
  const { items, widgets, wide, mayUnlock, actions } = props;
  const steady = useSteadyOrder(items);
  return (
    <ReactGridLayout
      width={props.width}
      layout={(wide ? toGrid : toColumn)(items, mayUnlock)}
      gridConfig={{
        cols: wide ? columns : 1,
        rowHeight: wide ? rowPx : columnRowPx,
        margin: wide ? [gapPx, gapPx] : [gapPx, 8],
        containerPadding: [0, 0],
      }}
      dragConfig={{ handle: ".arrange-handle", cancel: ".arrange-action" }}
      resizeConfig={{ enabled: true, handles: [wide ? "se" : "s"] }}
      onDragStop={actions.onMoved}
      onResizeStop={actions.onResized}
    >
      {steady.map((item) => (
        <div key={item.id}>
          <ArrangeCard
            item={item}
            widget={widgets.get(item.widget) as WidgetView}
            user={wide ? props.user : null}
            bar={!wide}
            mayLock={mayUnlock}
            note={props.noteOf?.(item.widget) ?? null}
            actions={actions}
          />
        </div>
      ))}
    </ReactGridLayout>
  );
});

/** As they first came: an element that moves in the document loses its focus, and its frame begins anew. */
function useSteadyOrder(items: HomeItem[]): HomeItem[] {
  const [places] = useState(() => new Map<string, number>());
  for (const { id } of items) if (!places.has(id)) places.set(id, places.size);
  return [...items].sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
}
