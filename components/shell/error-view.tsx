"use client";

import { CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** What an `error.tsx` shows: that it failed, the id under which the log has it, and a way to try again. */
export function ErrorView({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} tabIndex={-1} role="alert" className="outline-none">
      <EmptyState
        heading
        icon={CircleAlert}
        title="This page could not be shown"
        action={
          <Button variant="primary" onClick={retry}>
            Retry
          </Button>
        }
      >
        Graft or its database did not answer as expected. Nothing was changed.
        {error.digest && (
          <span className="mt-2 block">
            Error <code className="font-mono">{error.digest}</code>
          </span>
        )}
      </EmptyState>
    </div>
  );
}
