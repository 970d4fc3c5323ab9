import { cn } from "./cn";

/** The module's own icon, or its first letter; decorative, its name stands beside it. */
export function ModuleIcon({
  src,
  title,
  className,
}: {
  src: string | null;
  title: string;
  className?: string;
}) {
  if (src === null) {
    return (
      <span
        aria-hidden
        className={cn(
          "grid size-10 shrink-0 place-items-center rounded-lg border bg-muted font-semibold text-muted-foreground",
          className,
        )}
      >
        {title[0]?.toUpperCase()}
      </span>
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: served immutable by the gateway; an image optimiser has nothing to add to an SVG
    <img src={src} alt="" className={cn("size-10 shrink-0 rounded-lg object-contain", className)} />
  );
}
