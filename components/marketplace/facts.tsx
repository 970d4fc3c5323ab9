import type { ReactNode } from "react";

/** Names and values beside a page, hairlines between. */
export function Facts({ items }: { items: { name: string; value: ReactNode }[] }) {
  return (
    <dl className="divide-y">
      {items.map((item) => (
        <div key={item.name} className="flex min-h-9 items-center justify-between gap-4 py-1.5">
          <dt className="shrink-0 text-muted-foreground">{item.name}</dt>
          <dd className="min-w-0 text-right">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
