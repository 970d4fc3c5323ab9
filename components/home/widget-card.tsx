"use client";

import Link from "next/link";
import { useId, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { ArrowUpRight } from "@/components/ui/icons";
import { ModuleIcon } from "@/components/ui/module-icon";
import type { WidgetView } from "@/contract/frames";
import type { HomeItem } from "@/contract/home";
import type { GraftUser } from "@/sdk/client/messages";
import { texts } from "./texts.ts";
import { WidgetFrame } from "./widget-frame.tsx";

export function WidgetCard({ item, widget, user }: { item: HomeItem; widget: WidgetView; user: GraftUser }) {
  const [badge, setBadge] = useState(0);
  const titleId = useId();
  return (
    <section
      aria-labelledby={titleId}
      className="flex h-full flex-col overflow-hidden rounded-lg border bg-card"
    >
      <header className="flex h-10 shrink-0 items-center gap-2 border-b pr-2 pl-3">
        <ModuleIcon
          src={widget.icon}
          title={widget.moduleTitle}
          className="size-4 rounded-sm border-0 text-xs"
        />
        <h2 id={titleId} className="min-w-0 truncate text-[0.8125rem] font-medium">
          {widget.title}
        </h2>
        {badge > 0 ? (
          <Badge tone="primary">
            {texts.newCount(badge, (text) => (
              <span className="sr-only">{text}</span>
            ))}
          </Badge>
        ) : null}
        {widget.href === null ? null : (
          <Link
            href={widget.href}
            aria-label={texts.openModule(widget.moduleTitle)}
            title={texts.openModule(widget.moduleTitle)}
            className="ml-auto grid size-7 place-items-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground"
          >
            <ArrowUpRight aria-hidden className="size-4" />
          </Link>
        )}
      </header>
      <WidgetFrame item={item} widget={widget} user={user} onBadge={setBadge} />
    </section>
  );
}
