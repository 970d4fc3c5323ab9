"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { cn } from "./cn";

/** Tabs that live in the URL (`?tab=`); the first is the default and leaves the query away. */
export function TabLinks({ label, tabs }: { label: string; tabs: { id: string; label: string }[] }) {
  const pathname = usePathname();
  const active = useSearchParams().get("tab") ?? tabs[0]?.id;
  return (
    <nav aria-label={label} className="flex gap-5 overflow-x-auto border-b">
      {tabs.map((tab, i) => (
        <Link
          key={tab.id}
          href={i === 0 ? pathname : `${pathname}?tab=${tab.id}`}
          scroll={false}
          aria-current={tab.id === active ? "page" : undefined}
          className={cn(
            "-mb-px flex h-9 items-center border-b-2 border-transparent font-medium whitespace-nowrap text-muted-foreground transition-colors hover:text-foreground focus-visible:-outline-offset-2",
            tab.id === active && "border-foreground text-foreground",
          )}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
