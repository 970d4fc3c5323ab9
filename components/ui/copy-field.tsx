"use client";

import { CopyButton } from "./copy-button";

/** A text to take along, selected as soon as it is focused; `name` names it: "Token". */
export function CopyField({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex items-center gap-1 rounded-md border bg-muted py-1 pr-1 pl-3">
      <input
        readOnly
        value={value}
        aria-label={name}
        onFocus={(event) => event.target.select()}
        className="min-w-0 flex-1 bg-transparent font-mono text-xs outline-none"
      />
      <CopyButton value={value} label={`Copy ${name.toLowerCase()}`} />
    </div>
  );
}
