"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import type { NavigationPlugin } from "@/contract/navigation";
import { isCurrent } from "./is-current";
import { NewCount } from "./navigation-badges";

/** The pages of the plugin one is in; the other plugins show their first page alone. */
export function PluginPages({ plugin }: { plugin: NavigationPlugin }) {
  const pathname = usePathname();
  if (!isCurrent(pathname, `/m/${plugin.name}`)) return null;
  const deepest = plugin.pages
    .filter((page) => isCurrent(pathname, page.href))
    .sort((a, b) => b.href.length - a.href.length)[0];
  return (
    <ul className="mt-0.5 ml-4 grid gap-0.5 border-l pl-2 narrow:hidden">
      {plugin.pages.map((page) => (
        <li key={page.href}>
          <Link
            href={page.href}
            prefetch={false}
            aria-current={page === deepest ? "page" : undefined}
            className={cn(
              "flex h-7 items-center gap-2 rounded-md px-2 text-muted-foreground hover:bg-accent hover:text-foreground pointer-coarse:h-10",
              page === deepest && "font-medium text-foreground",
            )}
          >
            <span className="truncate">{page.title}</span>
            <NewCount pages={[page]} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
