import Link from "next/link";
import { ChevronRight } from "@/components/ui/icons";
import { texts } from "./texts";

/** Where the page stands; the page itself is the h1 below it. */
export function Breadcrumb({ items }: { items: { label: string; href: string }[] }) {
  return (
    <nav aria-label={texts.breadcrumb}>
      <ol className="flex flex-wrap items-center gap-1 text-[0.8125rem] text-muted-foreground">
        {items.map((item) => (
          <li key={item.href} className="flex items-center gap-1">
            <Link href={item.href} className="rounded-sm py-0.5 hover:text-foreground">
              {item.label}
            </Link>
            <ChevronRight aria-hidden className="size-3.5" />
          </li>
        ))}
      </ol>
    </nav>
  );
}
