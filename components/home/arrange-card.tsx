"use client";

import { type KeyboardEvent, memo, useId } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import {
  ArrowsToAxisDashedHorizontal,
  GripVertical,
  Lock,
  LockOpen,
  Settings2,
  X,
} from "@/components/ui/icons";
import { ModuleIcon } from "@/components/ui/module-icon";
import type { WidgetView } from "@/contract/frames";
import type { HomeItem } from "@/contract/home";
import type { GraftUser } from "@/sdk/client/messages";
import { texts } from "./arrange-texts.ts";
import { WidgetFrame } from "./widget-frame.tsx";

/** What can be done with a card; the same object all the time, so that only cards which changed are drawn anew. */
export interface CardActions {
  onKey(event: KeyboardEvent, item: HomeItem): void;
  onConfigure(item: HomeItem): void;
  onRemove(item: HomeItem): void;
  /** On a phone as tall as its content again. */
  onUnsize(item: HomeItem): void;
  onLock(item: HomeItem): void;
}

interface ArrangeCardProps {
  item: HomeItem;
  widget: WidgetView;
  user: GraftUser | null;
  /** A row of a list, without content. */
  bar: boolean;
  mayLock: boolean;
  note: string | null;
  actions: CardActions;
}

/** One widget while the home is arranged; its frame is shown but takes no clicks. */
export const ArrangeCard = memo(function ArrangeCard(props: ArrangeCardProps) {
  const { item, widget, mayLock, actions } = props;
  const titleId = useId();
  const fixed = item.locked && !mayLock;
  const configurable = Object.keys(widget.schema?.properties ?? {}).length > 0;
  return (
    <section
      aria-labelledby={titleId}
      className="flex h-full flex-col overflow-hidden rounded-lg border bg-card select-none"
    >
      <header
        className={cn(
          "flex shrink-0 items-center gap-1 pr-1.5 pl-1",
          props.bar ? "h-full" : "h-10 border-b",
          fixed && "pl-3",
          // On a phone a finger on the rest of the bar scrolls the page.
          !fixed && !props.bar && "arrange-handle",
        )}
      >
        {fixed ? null : (
          <button
            type="button"
            aria-label={texts.moveWidget(widget.title)}
            aria-describedby="arrange-keys"
            onKeyDown={(event) => actions.onKey(event, item)}
            className={cn(
              "grid shrink-0 cursor-grab place-items-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground",
              props.bar ? "arrange-handle size-10" : "size-7",
            )}
          >
            <GripVertical aria-hidden className="size-4" />
          </button>
        )}
        <ModuleIcon
          src={widget.icon}
          title={widget.moduleTitle}
          className="mr-1 size-4 rounded-sm border-0 text-xs"
        />
        <h2 id={titleId} className="min-w-0 flex-1 truncate text-[0.8125rem] font-medium">
          {widget.title}
        </h2>
        {props.bar ? (
          <span className="tabular shrink-0 px-1 text-xs text-muted-foreground">
            {item.sized ? texts.rowsHigh(item.h) : texts.autoHeight}
          </span>
        ) : null}
        {fixed ? (
          <span className="flex items-center gap-1.5 pr-1.5 text-xs text-muted-foreground">
            <Lock aria-hidden className="size-3.5" />
            {texts.setByAdministrator}
          </span>
        ) : (
          <div className="arrange-action flex cursor-auto items-center">
            {mayLock ? (
              <Button
                variant="ghost"
                size="icon-sm"
                aria-pressed={item.locked}
                aria-label={texts.lockWidget(widget.title)}
                title={item.locked ? texts.locked : texts.lockForGroup}
                onClick={() => actions.onLock(item)}
              >
                {item.locked ? <Lock aria-hidden className="text-primary" /> : <LockOpen aria-hidden />}
              </Button>
            ) : null}
            {props.bar && item.sized ? (
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={texts.fitContentOf(widget.title)}
                title={texts.fitContent}
                onClick={() => actions.onUnsize(item)}
              >
                <ArrowsToAxisDashedHorizontal aria-hidden />
              </Button>
            ) : null}
            {configurable ? (
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={texts.settingsOf(widget.title)}
                title={texts.settings}
                onClick={() => actions.onConfigure(item)}
              >
                <Settings2 aria-hidden />
              </Button>
            ) : null}
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={texts.removeWidget(widget.title)}
              title={texts.remove}
              onClick={() => actions.onRemove(item)}
            >
              <X aria-hidden />
            </Button>
          </div>
        )}
      </header>
      {props.bar ? null : props.user === null ? (
        <div className="grid gap-1 overflow-hidden p-4">
          {props.note === null ? null : <p className="font-medium text-warning">{props.note}</p>}
          <p className="text-muted-foreground">{widget.summary ?? texts.fromModule(widget.moduleTitle)}</p>
        </div>
      ) : (
        <div inert className="flex min-h-0 flex-1 flex-col opacity-70">
          <WidgetFrame item={item} widget={widget} user={props.user} />
        </div>
      )}
    </section>
  );
});
