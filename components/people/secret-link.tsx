"use client";

import { CopyField } from "@/components/ui/copy-field";
import { Time } from "@/components/ui/time";
import { texts } from "./texts.ts";

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
      <CopyField name={texts.link} value={address} />
      <p className="text-xs text-muted-foreground">
        {texts.linkWorksOnce(<Time value={issued.expiresAt} absolute />)}
      </p>
    </div>
  );
}
