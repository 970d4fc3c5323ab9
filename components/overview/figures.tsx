import Link from "next/link";
import type { ReactNode } from "react";

/** Figures side by side with hairlines between; each leads to its page. */
export function Figures({
  items,
}: {
  items: { name: string; value: ReactNode; detail: ReactNode; href: string }[];
}) {
  return (
    <dl className="grid grid-cols-2 gap-y-4 lg:grid-cols-4 lg:divide-x">
      {items.map((item) => (
        <div key={item.name} className="grid gap-0.5 lg:px-5 lg:first:pl-0">
          <dt className="text-muted-foreground">
            <Link href={item.href} className="hover:text-foreground hover:underline">
              {item.name}
            </Link>
          </dt>
          <dd className="tabular text-2xl font-semibold tracking-tight">{item.value}</dd>
          <dd className="text-xs text-muted-foreground">{item.detail}</dd>
        </div>
      ))}
    </dl>
  );
}
