"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { PanelLeft } from "@/components/ui/icons";
import { shellCookies } from "./cookies";
import { texts } from "./texts";
import { useRemembered } from "./use-remembered";

/** The desktop sidebar; its width is remembered. */
export function SidebarFrame({ narrow: initial, children }: { narrow: boolean; children: ReactNode }) {
  const [width, setWidth] = useRemembered(shellCookies.sidebar, initial ? "narrow" : "wide");
  const narrow = width === "narrow";
  return (
    <aside
      aria-label={texts.sidebar}
      data-narrow={narrow}
      className={cn(
        "group/sidebar sticky top-0 hidden h-dvh shrink-0 flex-col border-r bg-sidebar md:flex",
        narrow ? "w-14" : "w-56",
      )}
    >
      {children}
      <div className="border-t p-2">
        <button
          type="button"
          onClick={() => setWidth(narrow ? "wide" : "narrow")}
          aria-expanded={!narrow}
          aria-label={texts.sidebar}
          title={narrow ? texts.expandSidebar : texts.collapseSidebar}
          className="grid size-8 place-items-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground narrow:mx-auto"
        >
          <PanelLeft aria-hidden className="size-4" />
        </button>
      </div>
    </aside>
  );
}
