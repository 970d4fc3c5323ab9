"use client";

import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Plus, RotateCcw } from "@/components/ui/icons";
import { toastUndo } from "@/components/ui/toast";
import type { WidgetView } from "@/contract/frames";
import type { HomeItem } from "@/contract/home";
import type { GraftUser } from "@/sdk/client/messages";
import { settle } from "./arrange.ts";
import { ArrangeGrid } from "./arrange-grid.tsx";
import { texts } from "./arrange-texts.ts";
import { ConfigureWidget } from "./configure-widget.tsx";
import type { Arrangement, SaveItems } from "./use-arrangement.ts";
import { WidgetGallery } from "./widget-gallery.tsx";

interface ArrangeBoardProps {
  arrangement: Omit<Arrangement, "saving">;
  widgets: ReadonlyMap<string, WidgetView>;
  /** Null: an administrator arranges for others; the cards show no frames, and parts can be locked. */
  user: GraftUser | null;
  /** A word about a widget, where it would surprise. */
  noteOf?: (target: string) => string | null;
  save: SaveItems;
  /** Null: there is nothing to go back to. */
  reset: { label: string; run(): void } | null;
  status: string;
  actions: ReactNode;
}

/** A home while it is arranged: gallery, grid, configuration, undo. */
export default function ArrangeBoard(props: ArrangeBoardProps) {
  const { arrangement, widgets } = props;
  const { items, change } = arrangement;
  const [gallery, setGallery] = useState(false);
  const [configured, setConfigured] = useState<HomeItem | null>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const mayUnlock = props.user === null;

  function add(widget: WidgetView) {
    const bottom = items.reduce((y, item) => Math.max(y, item.y + item.h), 0);
    const item = {
      id: crypto.randomUUID(),
      widget: widget.target,
      ...{ x: 0, y: bottom, w: widget.size.w, h: widget.size.h },
      config: widget.config,
      locked: false,
    };
    change((before) => [...before, item]);
  }
  function remove(item: HomeItem) {
    const before = items;
    const after = settle(
      items.filter(({ id }) => id !== item.id),
      mayUnlock,
    );
    change(() => after);
    addButton.current?.focus();
    toastUndo(texts.widgetRemoved(widgets.get(item.widget)?.title ?? texts.theWidget), () => {
      // Where nothing moved since, everything goes back to its place.
      change((now) => (samePlaces(now, after) ? before : [...now, item]));
      return arrangement.flush();
    });
  }
  const configuredWidget = configured === null ? undefined : widgets.get(configured.widget);

  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="sticky top-0 z-20 -mx-2 flex flex-wrap items-center gap-2 bg-background/90 px-2 py-2 backdrop-blur">
        <Button ref={addButton} onClick={() => setGallery(true)}>
          <Plus aria-hidden />
          {texts.addWidget}
        </Button>
        {props.reset === null ? null : (
          <Button variant="ghost" onClick={props.reset.run}>
            <RotateCcw aria-hidden />
            {props.reset.label}
          </Button>
        )}
        <span aria-live="polite" className="sr-only text-xs text-muted-foreground sm:not-sr-only sm:ml-auto">
          {props.status}
        </span>
        <span className="max-sm:ml-auto">{props.actions}</span>
      </div>
      <ArrangeGrid
        items={items}
        widgets={widgets}
        user={props.user}
        mayUnlock={mayUnlock}
        noteOf={props.noteOf}
        onChange={(next) => change(next)}
        onConfigure={setConfigured}
        onRemove={remove}
      />
      <WidgetGallery
        open={gallery}
        onOpenChange={setGallery}
        {...{ items, widgets }}
        noteOf={props.noteOf}
        onAdd={add}
      />
      {configured !== null && configuredWidget !== undefined ? (
        <ConfigureWidget
          item={configured}
          widget={configuredWidget}
          save={(config) => {
            const next = items.map((each) => (each.id === configured.id ? { ...each, config } : each));
            return props.save({ items: next });
          }}
          onSaved={arrangement.adopt}
          onClose={() => setConfigured(null)}
        />
      ) : null}
    </div>
  );
}

function samePlaces(a: HomeItem[], b: HomeItem[]): boolean {
  const places = (items: HomeItem[]) => JSON.stringify(items.map(({ id, x, y, w, h }) => [id, x, y, w, h]));
  return places(a) === places(b);
}
