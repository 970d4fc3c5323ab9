"use client";

import { PanelLeft } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "@/components/ui/cn";

/** The desktop sidebar; remembers its width in a cookie, so that the server draws it right. */
export function SidebarFrame({ narrow: initial, children }: { narrow: boolean; children: ReactNode }) {
  const [narrow, setNarrow] = useState(initial);
  function toggle() {
    const next = !narrow;
    setNarrow(next);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we support
    document.cookie = `graft-sidebar=${next ? "narrow" : "wide"}; path=/; max-age=31536000; samesite=lax`;
  }
  return (
    <aside
      aria-label="Sidebar"
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
          onClick={toggle}
          aria-expanded={!narrow}
          aria-label="Sidebar"
          title={narrow ? "Widen the sidebar" : "Narrow the sidebar"}
          className="grid size-8 place-items-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground narrow:mx-auto"
        >
          <PanelLeft aria-hidden className="size-4" />
        </button>
      </div>
    </aside>
  );
}
