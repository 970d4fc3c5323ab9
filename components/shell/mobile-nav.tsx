"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/icons";
import { onDemand } from "@/components/ui/on-demand";
import type { NavigationPlugin } from "@/contract/navigation";
import { useNewCount } from "./navigation-badges";
import { texts } from "./texts";

const load = () => import("./mobile-nav-sheet");
const MobileNavSheet = onDemand(() => load().then((m) => m.MobileNavSheet));

/** The sidebar on a phone; the sheet around it is loaded on first use. */
export function MobileNav({ plugins, children }: { plugins: NavigationPlugin[]; children: ReactNode }) {
  const count = useNewCount(plugins.flatMap(({ pages }) => pages));
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving on another page closes the sheet
  useEffect(() => setOpen(false), [pathname]);
  return (
    <>
      <Button
        variant="ghost"
        size="icon"
        aria-label={count === 0 ? texts.menu : texts.menuWithNew(count)}
        aria-haspopup="dialog"
        aria-expanded={open}
        className="relative md:hidden"
        onPointerDown={() => void load()}
        onClick={() => {
          setUsed(true);
          setOpen(true);
        }}
      >
        <Menu aria-hidden />
        {count === 0 ? null : (
          <span aria-hidden className="absolute top-1.5 right-1.5 size-2 rounded-full bg-primary" />
        )}
      </Button>
      {used && (
        <MobileNavSheet open={open} onOpenChange={setOpen}>
          {children}
        </MobileNavSheet>
      )}
    </>
  );
}
