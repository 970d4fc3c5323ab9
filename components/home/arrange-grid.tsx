"use client";

import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from "react";
import { type LayoutItem, useContainerWidth } from "react-grid-layout";
import type { WidgetView } from "@/contract/frames";
import type { HomeItem } from "@/contract/home";
import { homeColumns as columns } from "@/contract/home-grid";
import type { GraftUser } from "@/sdk/client/messages";
import {
  type Direction,
  fromGrid,
  heightsFrom,
  moveItem,
  reorderItems,
  resizeItem,
  stepInOrder,
  toColumn,
} from "./arrange.ts";
import { ArrangeCards, type GridActions } from "./arrange-cards.tsx";
import { texts } from "./arrange-texts.ts";
import { usePhone } from "./use-phone.ts";

const directions: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

interface ArrangeGridProps {
  items: HomeItem[];
  widgets: ReadonlyMap<string, WidgetView>;
  user: GraftUser | null;
  mayUnlock: boolean;
  noteOf: ((target: string) => string | null) | undefined;
  onChange(next: (items: HomeItem[]) => HomeItem[]): void;
  onConfigure(item: HomeItem): void;
  onRemove(item: HomeItem): void;
}

/** Moves and resizes by mouse, touch and keyboard; on a phone, where the home has one column, order and height. */
export function ArrangeGrid(props: ArrangeGridProps) {
  const { widgets, mayUnlock, onChange } = props;
  const items = useMemo(
    () => props.items.filter(({ widget }) => widgets.has(widget)),
    [props.items, widgets],
  );
  // A key press is answered at once; the cards follow beside it, and what comes meanwhile need not wait for them.
  const drawn = useDeferredValue(useMemo(() => ({ items, widgets }), [items, widgets]));
  const wide = !usePhone();
  const { width, containerRef, mounted } = useContainerWidth();
  const [said, setSaid] = useState("");

  function resized(layout: readonly LayoutItem[]) {
    onChange((before) => (wide ? fromGrid(before, layout) : heightsFrom(before, layout, mayUnlock)));
  }
  function moved(layout: readonly LayoutItem[]) {
    if (wide) return onChange((before) => fromGrid(before, layout));
    const ids = [...layout].sort((a, b) => a.y - b.y).map(({ i }) => i);
    onChange((before) => reorderItems(before, ids, mayUnlock));
  }
  function press(event: KeyboardEvent, item: HomeItem) {
    const direction = directions[event.key];
    if (direction === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = wide
      ? (event.shiftKey ? resizeItem : moveItem)(items, { id: item.id, direction }, mayUnlock)
      : (event.shiftKey ? grow : step)(item, direction);
    if (next === items) return setSaid(texts.cannotMoveFurther);
    onChange(() => withHidden(next, props.items, items));
    setSaid(placeWords(next, item.id, { wide, resized: event.shiftKey }));
  }
  function grow(item: HomeItem, direction: Direction): HomeItem[] {
    const by = direction === "down" ? 1 : direction === "up" ? -1 : 0;
    const column = toColumn(items, mayUnlock).map((place) =>
      place.i === item.id
        ? { ...place, h: Math.min(Math.max(place.h + by, place.minH ?? 1), place.maxH ?? place.h) }
        : place,
    );
    return heightsFrom(items, column, mayUnlock);
  }
  function step(item: HomeItem, direction: Direction): HomeItem[] {
    const ids = stepInOrder(items, item.id, direction);
    return ids === null ? items : reorderItems(items, ids, mayUnlock);
  }
  const edit = (item: HomeItem, values: Partial<HomeItem>) =>
    onChange((before) => before.map((each) => (each.id === item.id ? { ...each, ...values } : each)));
  const actions = useSteady<GridActions>({
    onMoved: moved,
    onResized: resized,
    onKey: press,
    onConfigure: props.onConfigure,
    onRemove: props.onRemove,
    onUnsize: (item) => edit(item, { sized: false }),
    onLock: (item) => edit(item, { locked: !item.locked }),
  });

  return (
    <div ref={containerRef} className="arrange-grid min-h-40">
      {mounted ? (
        <ArrangeCards
          {...drawn}
          {...{ user: props.user, noteOf: props.noteOf, mayUnlock, wide, width, actions }}
        />
      ) : null}
      <p id="arrange-keys" className="sr-only">
        {wide ? texts.keysExplained : texts.keysExplainedNarrow}
      </p>
      <p aria-live="assertive" className="sr-only">
        {said}
      </p>
    </div>
  );
}

/** The same object in every render, whose functions are those of the latest. */
function useSteady<Actions extends { [Name in keyof Actions]: (...args: never[]) => void }>(
  actions: Actions,
): Actions {
  const latest = useRef(actions);
  latest.current = actions;
  const [steady] = useState(() => {
    const names = Object.keys(actions) as (keyof Actions)[];
    const call =
      (name: keyof Actions) =>
      (...args: never[]) =>
        latest.current[name](...args);
    return Object.fromEntries(names.map((name) => [name, call(name)])) as Actions;
  });
  return steady;
}

/** Items whose widget was just taken away are not shown, and not lost either. */
function withHidden(next: HomeItem[], all: HomeItem[], shown: HomeItem[]): HomeItem[] {
  return [...next, ...all.filter((item) => !shown.includes(item))];
}

function placeWords(
  items: HomeItem[],
  id: string,
  { wide, resized }: { wide: boolean; resized: boolean },
): string {
  const index = items.findIndex((item) => item.id === id);
  const item = items[index];
  if (item === undefined) return "";
  if (!wide && resized) return texts.nowHigh(item.h);
  if (!wide) return texts.nowNumber(index + 1, items.length);
  if (resized) return texts.nowSized(item.w, columns, item.h);
  return texts.nowAt(item.x + 1, item.y + 1);
}
