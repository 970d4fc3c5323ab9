import { type ReactNode, useId } from "react";
import { cn } from "./cn";

/** A titled part of a page, set off by space and a hairline rather than a box. */
export function Section(props: {
  /** For links that lead here. */
  id?: string;
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <section
      {...(props.id && { id: props.id })}
      aria-labelledby={id}
      className={cn("grid min-w-0 scroll-mt-16 grid-cols-1 gap-3", props.className)}
    >
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2 border-b pb-2">
        <div className="grid gap-0.5">
          <h2 id={id} className="font-semibold">
            {props.title}
          </h2>
          {props.description && <div className="text-muted-foreground">{props.description}</div>}
        </div>
        {props.actions}
      </div>
      {props.children}
    </section>
  );
}
