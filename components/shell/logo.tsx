import { cn } from "@/components/ui/cn";

/** A scion joined to its stock. Decorative: the name stands beside it. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={cn("size-5", className)}>
      <path d="M12 22V9" stroke="currentColor" strokeWidth="2.25" strokeLinecap="round" />
      <path
        d="M12 15c0-4.5 2.5-7.5 7-8"
        className="stroke-primary"
        strokeWidth="2.25"
        strokeLinecap="round"
      />
      <circle cx="19.5" cy="6.5" r="2.5" className="fill-primary" />
      <circle cx="12" cy="5" r="3" fill="currentColor" />
    </svg>
  );
}
