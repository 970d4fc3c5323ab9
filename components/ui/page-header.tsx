import type { ReactNode } from "react";

/** The one h1 of a page, with its sentence and its actions. */
export function PageHeader(props: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  before?: ReactNode;
  icon?: ReactNode;
}) {
  return (
    <header className="mb-6 grid gap-3">
      {props.before}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 items-start gap-4">
          {props.icon}
          <div className="grid min-w-0 gap-1">
            <h1 className="text-xl font-semibold tracking-tight text-balance">{props.title}</h1>
            {props.description && (
              <div className="max-w-2xl text-pretty text-muted-foreground">{props.description}</div>
            )}
          </div>
        </div>
        {props.actions && <div className="flex flex-wrap items-center gap-2">{props.actions}</div>}
      </div>
    </header>
  );
}
