"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { ChevronRight } from "@/components/ui/icons";
import { shellCookies } from "./cookies";
import { isCurrent } from "./is-current";
import { useRemembered } from "./use-remembered";

/**
 * A group of the sidebar under a heading that opens and closes it. The group of the current page is open, even if somebody
 * closed it before. Where the sidebar is narrow there are no headings: a hairline stands between groups, all of them open.
 */
export function NavGroup(props: {
  id: string;
  label: string;
  /** Addresses whose pages belong to it. */
  covers: string[];
  /** The closed groups, as the cookie has them. */
  closed: string;
  /** Beside the heading while it is closed: what its entries would show. */
  badge?: ReactNode;
  children: ReactNode;
}) {
  const pathname = usePathname();
  const listId = useId();
  const [remembered, remember] = useRemembered(shellCookies.closedGroups, props.closed);
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const closed = remembered.split(".").filter(Boolean);
  const holdsCurrent = props.covers.some((href) => isCurrent(pathname, href));
  const open = holdsCurrent ? closedAt !== pathname : !closed.includes(props.id);
  function toggle() {
    const others = closed.filter((id) => id !== props.id);
    remember((open ? [...others, props.id] : others).join("."));
    setClosedAt(open ? pathname : null);
  }
  return (
    <div className="narrow:border-t narrow:pt-2">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={listId}
        onClick={toggle}
        className={cn(
          "group flex h-7 w-full items-center gap-1 rounded-md px-2 text-xs font-medium text-muted-foreground transition-colors hover:bg-accent hover:text-foreground focus-visible:-outline-offset-2 pointer-coarse:h-10 narrow:hidden",
          !open && holdsCurrent && "text-foreground",
        )}
      >
        <span className="truncate">{props.label}</span>
        <ChevronRight
          aria-hidden
          className={cn("size-3 shrink-0 opacity-60 group-hover:opacity-100", open && "rotate-90")}
        />
        {!open && props.badge}
      </button>
      <ul id={listId} aria-label={props.label} className={cn("grid gap-0.5", !open && "hidden narrow:grid")}>
        {props.children}
      </ul>
    </div>
  );
}
