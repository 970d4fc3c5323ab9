import { cn } from "./cn";

/** Initials on a quiet ground; decorative, so the name stands beside it or in its control's label. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  const words = name.trim().split(/\s+/);
  const initials =
    `${words[0]?.[0] ?? "?"}${words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""}`.toUpperCase();
  return (
    <span
      aria-hidden
      className={cn(
        "grid size-7 shrink-0 place-items-center rounded-full border bg-muted text-[0.6875rem] font-semibold text-muted-foreground",
        className,
      )}
    >
      {initials}
    </span>
  );
}
