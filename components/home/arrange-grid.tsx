"use client";

import { type KeyboardEvent, useState } from "react";
import ReactGridLayout, { type LayoutItem, useContainerWidth } from "react-grid-layout";
import "react-grid-layout/css/styles.css";
import "./arrange-grid.css";
import type { FrameUser } from "@/components/frame/protocol";
import type { WidgetView } from "@/lib/frames";
import type { HomeItem } from "@/lib/home";
import {
  columns,
  type Direction,
  fromGrid,
  moveItem,
  reorderItems,
  resizeItem,
  stepInOrder,
  toGrid,
} from "./arrange.ts";
import { ArrangeCard } from "./arrange-card.tsx";
import { gapPx, rowPx } from "./grid-size.ts";
import { usePhone } from "./use-phone.ts";

const barPx = 52;
const directions: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

interface ArrangeGridProps {
  items: HomeItem[];
  widgets: ReadonlyMap<string, WidgetView>;
  user: FrameUser | null;
  mayUnlock: boolean;
  noteOf: ((target: string) => string | null) | undefined;
  onChange(next: (items: HomeItem[]) => HomeItem[]): void;
  onConfigure(item: HomeItem): void;
  onRemove(item: HomeItem): void;
}

/** Moves and resizes by mouse, touch and keyboard; on a phone, where the home has one column, the order of bars. */
export function ArrangeGrid(props: ArrangeGridProps) {
  const { widgets, mayUnlock, onChange } = props;
  const items = props.items.filter(({ widget }) => widgets.has(widget));
  const wide = !usePhone();
  const { width, containerRef, mounted } = useContainerWidth();
  const [said, setSaid] = useState("");
  // As they first came: an element that moves in the document loses its focus, and its frame begins anew.
  const [places] = useState(() => new Map<string, number>());
  for (const { id } of items) if (!places.has(id)) places.set(id, places.size);
  const steady = [...items].sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));

  function take(layout: readonly LayoutItem[]) {
    if (wide) return onChange((before) => fromGrid(before, layout));
    const ids = [...layout].sort((a, b) => a.y - b.y).map(({ i }) => i);
    onChange((before) => reorderItems(before, ids, mayUnlock));
  }
  function press(event: KeyboardEvent, item: HomeItem) {
    const direction = directions[event.key];
    if (direction === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = wide
      ? (event.shiftKey ? resizeItem : moveItem)(items, item.id, direction, mayUnlock)
      : step(item, direction);
    if (next === items) return setSaid("It goes no further.");
    onChange(() => withHidden(next, props.items, items));
    setSaid(placeWords(next, item.id, wide, event.shiftKey));
  }
  function step(item: HomeItem, direction: Direction): HomeItem[] {
    const ids = stepInOrder(items, item.id, direction);
    return ids === null ? items : reorderItems(items, ids, mayUnlock);
  }

  return (
    <div ref={containerRef} className="arrange-grid min-h-40">
      {mounted ? (
        <ReactGridLayout
          width={width}
          layout={toGrid(items, !wide, mayUnlock)}
          gridConfig={{
            cols: wide ? columns : 1,
            rowHeight: wide ? rowPx : barPx,
            margin: wide ? [gapPx, gapPx] : [gapPx, 8],
            containerPadding: [0, 0],
          }}
          dragConfig={{ handle: ".arrange-handle", cancel: ".arrange-action" }}
          resizeConfig={{ enabled: wide, handles: ["se"] }}
          onDragStop={take}
          onResizeStop={take}
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
                onKey={(event) => press(event, item)}
                onConfigure={() => props.onConfigure(item)}
                onRemove={() => props.onRemove(item)}
                onLock={() =>
                  onChange((before) =>
                    before.map((each) => (each.id === item.id ? { ...each, locked: !each.locked } : each)),
                  )
                }
              />
            </div>
          ))}
        </ReactGridLayout>
      ) : null}
      <p id="arrange-keys" className="sr-only">
        {wide
          ? "Arrow keys move it. Shift with arrow keys changes its size."
          : "The arrow keys up and down move it."}
      </p>
      <p aria-live="assertive" className="sr-only">
        {said}
      </p>
    </div>
  );
}

/** Items whose widget was just taken away are not shown, and not lost either. */
function withHidden(next: HomeItem[], all: HomeItem[], shown: HomeItem[]): HomeItem[] {
  return [...next, ...all.filter((item) => !shown.includes(item))];
}

function placeWords(items: HomeItem[], id: string, wide: boolean, resized: boolean): string {
  const index = items.findIndex((item) => item.id === id);
  const item = items[index];
  if (item === undefined) return "";
  if (!wide) return `Now number ${index + 1} of ${items.length}.`;
  if (resized)
    return `${item.w} of ${columns} columns wide, ${item.h} ${item.h === 1 ? "row" : "rows"} high.`;
  return `Column ${item.x + 1}, row ${item.y + 1}.`;
}
