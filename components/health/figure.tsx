import type { ReactNode } from "react";

/** A picture of the last day with its figure beside. */
export function Figure(props: { name: string; value: ReactNode; detail?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid content-start gap-2 py-4 sm:px-5 sm:py-0 sm:first:pl-0 sm:last:pr-0">
      <p className="text-muted-foreground">{props.name}</p>
      <p className="flex items-baseline gap-2">
        <span className="tabular text-xl font-semibold tracking-tight">{props.value}</span>
        {props.detail && <span className="text-xs text-muted-foreground">{props.detail}</span>}
      </p>
      {props.children}
    </div>
  );
}
