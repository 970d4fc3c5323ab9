"use client";

import { useEffect, useRef } from "react";
import { texts } from "./error-texts";

/**
 * What an `error.tsx` shows: that it failed, the id under which the log has it, and a way to try again.
 * Every page loads it, so it draws its icon and button with what costs least.
 */
export function ErrorView({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role="alert"
      className="grid justify-items-center gap-2 px-4 py-14 text-center outline-none"
    >
      <svg
        aria-hidden
        viewBox="0 0 24 24"
        className="mb-1 size-6 fill-none stroke-current stroke-[1.5] text-muted-foreground"
      >
        <circle cx="12" cy="12" r="10" />
        <path strokeLinecap="round" d="M12 8v4m0 4h.01" />
      </svg>
      <h1 className="font-medium">{texts.title}</h1>
      <div className="max-w-sm text-muted-foreground">
        {texts.explanation}
        {error.digest && (
          <span className="mt-2 block">{texts.id(<code className="font-mono">{error.digest}</code>)}</span>
        )}
      </div>
      <button
        type="button"
        className="mt-3 inline-flex h-8 items-center rounded-md bg-primary px-3 font-medium text-primary-foreground transition-colors hover:bg-primary/88 pointer-coarse:h-10"
        onClick={retry}
      >
        {texts.retry}
      </button>
    </div>
  );
}
