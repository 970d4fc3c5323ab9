"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogDescription } from "@/components/ui/dialog";
import { Plus } from "@/components/ui/icons";
import { ModuleIcon } from "@/components/ui/module-icon";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import type { WidgetView } from "@/contract/frames";
import type { HomeItem } from "@/contract/home";
import { texts } from "./arrange-texts.ts";

/** What may be put on a home; each as often as one likes. */
export function WidgetGallery(props: {
  open: boolean;
  onOpenChange(open: boolean): void;
  items: HomeItem[];
  widgets: ReadonlyMap<string, WidgetView>;
  noteOf: ((target: string) => string | null) | undefined;
  onAdd(widget: WidgetView): void;
}) {
  const [added, setAdded] = useState("");
  return (
    <Sheet open={props.open} onOpenChange={props.onOpenChange}>
      <SheetContent side="right">
        <div className="grid gap-1 border-b px-5 py-4 pr-14">
          <SheetTitle className="font-semibold">{texts.addAWidget}</SheetTitle>
          <DialogDescription className="text-muted-foreground">{texts.addExplained}</DialogDescription>
        </div>
        <ul className="min-h-0 flex-1 divide-y overflow-y-auto px-5">
          {[...props.widgets.values()].map((widget) => {
            const note = props.noteOf?.(widget.target) ?? null;
            const count = props.items.filter((item) => item.widget === widget.target).length;
            return (
              <li key={widget.target} className="flex items-start gap-3 py-4">
                <ModuleIcon src={widget.icon} title={widget.moduleTitle} className="size-9" />
                <div className="grid min-w-0 flex-1 gap-0.5">
                  <h3 className="font-medium">{widget.title}</h3>
                  {widget.summary === null ? null : <p className="text-muted-foreground">{widget.summary}</p>}
                  <p className="text-xs text-muted-foreground">
                    {widget.title === widget.moduleTitle ? null : `${widget.moduleTitle} · `}
                    {texts.timesOnHome(count)}
                  </p>
                  {note === null ? null : <p className="text-xs text-warning">{note}</p>}
                </div>
                <Button
                  size="sm"
                  aria-label={texts.addNamed(widget.title)}
                  onClick={() => {
                    props.onAdd(widget);
                    setAdded(texts.added(widget.title));
                  }}
                >
                  <Plus aria-hidden />
                  {texts.add}
                </Button>
              </li>
            );
          })}
        </ul>
        <p aria-live="polite" className="sr-only">
          {added}
        </p>
      </SheetContent>
    </Sheet>
  );
}
