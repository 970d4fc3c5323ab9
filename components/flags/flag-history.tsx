"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Undo2 } from "@/components/ui/icons";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { toastSuccess } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { FlagChange } from "@/contract/flags";
import { undoFlagChange } from "./actions";
import { texts } from "./texts.ts";

/** Newest first; taking one back puts what stood before it, and is itself a change. */
export function FlagHistory({ changes, more }: { changes: FlagChange[]; more: boolean }) {
  const router = useRouter();
  const [asked, setAsked] = useState<string | null>(null);
  const undo = useChange(undoFlagChange, {
    onDone: ({ gone }) => {
      toastSuccess(texts.undone);
      if (gone) router.push("/admin/flags");
    },
  });
  if (changes.length === 0) return null;
  return (
    <Section title={texts.history} description={more ? texts.historyMore : undefined}>
      <ol className="grid">
        {changes.map((change) => (
          <li key={change.id} className="flex items-center justify-between gap-4 border-b py-2 last:border-0">
            <span className="grid min-w-0">
              <span className="break-words">{change.summary}</span>
              <span className="text-xs text-muted-foreground">
                <ChangedBy change={change} />
              </span>
            </span>
            <Button
              size="sm"
              pending={undo.pending && asked === change.id}
              disabled={undo.pending}
              onClick={() => {
                setAsked(change.id);
                void undo.run({ id: change.id });
              }}
            >
              <Undo2 aria-hidden />
              {texts.undo}
            </Button>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function ChangedBy({ change: { actorName, at, generation } }: { change: FlagChange }) {
  const time = <Time value={at} />;
  if (generation === null) return texts.changedBy(actorName, time);
  const link = (
    <Link
      href={`/admin/history?from=${generation - 1}&to=${generation}`}
      className="underline underline-offset-2 hover:text-foreground"
    >
      {texts.generation(generation)}
    </Link>
  );
  return texts.changedByWith(actorName, time, link);
}
