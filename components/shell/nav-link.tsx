"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { isCurrent } from "./is-current";
import { scrollToEntry } from "./scroll-to-entry";

/** An entry of the sidebar; where the sidebar is narrow only its icon shows, with the label as its name. */
export function NavLink(props: {
  href: string;
  label: string;
  icon: ReactNode;
  exact?: boolean;
  /** Other addresses whose pages belong to it. */
  covers?: string[];
  /** Beside the label: how much is new. */
  badge?: ReactNode;
}) {
  const pathname = usePathname();
  const current = props.exact
    ? pathname === props.href
    : [props.href, ...(props.covers ?? [])].some((href) => isCurrent(pathname, href));
  const ref = useRef<HTMLAnchorElement>(null);
  // A long list scrolls; where one is should be seen.
  useEffect(() => {
    if (current && ref.current) scrollToEntry(ref.current);
  }, [current]);
  return (
    <Link
      ref={ref}
      href={props.href}
      prefetch={false}
      title={props.label}
      aria-current={current ? "page" : undefined}
      className={cn(
        "relative flex h-8 items-center gap-2.5 rounded-md px-2 text-muted-foreground transition-colors hover:bg-accent hover:text-foreground focus-visible:-outline-offset-2 pointer-coarse:h-10 narrow:justify-center narrow:px-0 [&_svg]:size-4 [&_svg]:shrink-0",
        current && "bg-accent font-medium text-foreground",
      )}
    >
      {props.icon}
      <span className="truncate narrow:sr-only">{props.label}</span>
      {props.badge}
    </Link>
  );
}
