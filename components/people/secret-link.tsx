"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { Time } from "@/components/ui/time";

export interface IssuedLink {
  name: string;
  email: string;
  /** Absolute, or a path on this host. */
  link: string;
  expiresAt: string;
}

/** A link that sets a password, shown this once. */
export function SecretLink({ issued }: { issued: IssuedLink }) {
  const address = new URL(issued.link, window.location.origin).href;
  return (
    <div className="grid gap-2">
      <div className="flex items-center gap-1 rounded-md border bg-muted py-1 pr-1 pl-3">
        <input
          readOnly
          value={address}
          aria-label="Link"
          onFocus={(event) => event.target.select()}
          className="min-w-0 flex-1 bg-transparent font-mono text-xs outline-none"
        />
        <CopyButton value={address} label="Copy link" />
      </div>
      <p className="text-xs text-muted-foreground">
        It works once, until <Time value={issued.expiresAt} absolute />, and is not shown again.
      </p>
    </div>
  );
}
