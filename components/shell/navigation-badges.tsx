"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatNumber } from "@/components/ui/format";
import { watchEndpoint } from "@/components/ui/watch-endpoint";
import type { NavigationPlugin } from "@/contract/navigation";
import { texts } from "./texts";

/** How much is new at each address that answers it. */
const BadgeContext = createContext<Record<string, number>>({});
const everyMs = 60_000;

/** Asks the modules how much is new for the viewer, once for the sidebar and the phone's menu. */
export function NavigationBadges({
  plugins,
  children,
}: {
  plugins: NavigationPlugin[];
  children: ReactNode;
}) {
  const [counts, setCounts] = useState<Record<string, number>>({});
  const asked = plugins.flatMap(({ name, pages }) =>
    pages.flatMap(({ badge }) => (badge === null ? [] : [`${name} ${badge}`])),
  );
  const key = [...new Set(asked)].join("\n");
  useEffect(() => {
    const watches = (key === "" ? [] : key.split("\n")).map((line) => {
      const [module = "", url = ""] = line.split(" ");
      return watchEndpoint({
        url,
        module,
        everyMs,
        // A module that does not answer has nothing to say here; its page will tell.
        onState: (state) => {
          if (state.status === "loading") return;
          const count = state.status === "answered" ? readCount(state.body) : 0;
          setCounts((before) => (before[url] === count ? before : { ...before, [url]: count }));
        },
      });
    });
    return () => {
      for (const watch of watches) watch.stop();
    };
  }, [key]);
  return <BadgeContext value={counts}>{children}</BadgeContext>;
}

/** What is new behind these pages together. */
export function useNewCount(pages: readonly { badge: string | null }[]): number {
  const counts = useContext(BadgeContext);
  const urls = new Set(pages.flatMap(({ badge }) => badge ?? []));
  return [...urls].reduce((sum, url) => sum + (counts[url] ?? 0), 0);
}

/** The number beside an entry; a dot where only the entry's icon shows. */
export function NewCount({
  pages,
  className,
}: {
  pages: readonly { badge: string | null }[];
  className?: string;
}) {
  const count = useNewCount(pages);
  if (count === 0) return null;
  return (
    <span
      className={cn(
        "tabular ml-auto grid h-4.5 min-w-4.5 shrink-0 place-items-center rounded-full bg-primary px-1 text-[0.6875rem] font-medium text-primary-foreground narrow:absolute narrow:top-1 narrow:right-1 narrow:size-2 narrow:min-w-0 narrow:overflow-hidden narrow:p-0 narrow:text-transparent",
        className,
      )}
    >
      <span aria-hidden>{count > 999 ? "999+" : formatNumber(count)}</span>
      <span className="sr-only">{texts.newCount(count)}</span>
    </span>
  );
}

function readCount(body: unknown): number {
  const count = typeof body === "object" && body !== null && "count" in body ? body.count : 0;
  return typeof count === "number" && Number.isInteger(count) && count > 0 ? count : 0;
}
