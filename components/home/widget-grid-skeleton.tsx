import { Skeleton } from "@/components/ui/skeleton";
import { texts } from "./texts.ts";

export function WidgetGridSkeleton() {
  return (
    <div role="status" className="grid grid-cols-1 gap-6">
      <span className="sr-only">{texts.loading}</span>
      <Skeleton className="h-7 w-40" />
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {["a", "b", "c"].map((key) => (
          <Skeleton key={key} className="h-62" />
        ))}
      </div>
    </div>
  );
}
