import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Hairlines, tabular numerals; on a phone each row becomes a labelled block (give every cell a `label`). */
export function Table({ className, label, ...props }: ComponentProps<"table"> & { label: string }) {
  return (
    <div className="relative w-full overflow-x-auto">
      <table
        aria-label={label}
        className={cn("stacked-table w-full border-collapse", className)}
        {...props}
      />
    </div>
  );
}

export function TableHeader(props: ComponentProps<"thead">) {
  return <thead {...props} />;
}

export function TableBody(props: ComponentProps<"tbody">) {
  return <tbody {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return (
    <tr className={cn("border-b transition-colors in-[tbody]:hover:bg-muted/60", className)} {...props} />
  );
}

export function TableHead({ className, numeric, ...props }: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={cn(
        "h-9 pr-4 text-left text-xs font-medium whitespace-nowrap text-muted-foreground last:pr-0",
        numeric && "text-right",
        className,
      )}
      {...props}
    />
  );
}

export function TableCell({
  className,
  label,
  numeric,
  ...props
}: ComponentProps<"td"> & { label?: string; numeric?: boolean }) {
  return (
    <td
      data-label={label}
      className={cn(
        "py-1 align-middle sm:h-11 sm:py-2 sm:pr-4 sm:last:pr-0",
        numeric && "text-right",
        className,
      )}
      {...props}
    />
  );
}
