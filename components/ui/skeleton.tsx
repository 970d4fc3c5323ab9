import { cn } from "./cn";
import { texts } from "./texts";

export function Skeleton({ className }: { className?: string }) {
  return (
    <div
      aria-hidden
      className={cn("animate-shimmer rounded-md bg-muted motion-reduce:animate-none", className)}
    />
  );
}

/** Rows that are on their way, below a heading that is there. */
export function RowsSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">{texts.loading}</span>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Skeleton key={i} className="h-11" />
      ))}
    </div>
  );
}

/** A page that is on its way: heading, then rows. Announced once to screen readers. */
export function PageSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" className="grid grid-cols-1 gap-8">
      <span className="sr-only">{texts.loading}</span>
      <div className="grid gap-2">
        <Skeleton className="h-7 w-56" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <div className="grid gap-3">
        {Array.from({ length: rows }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
          <Skeleton key={i} className="h-11" />
        ))}
      </div>
    </div>
  );
}
