"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { toastSuccess } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import { makeScheduledBackup } from "./actions";
import { texts } from "./texts";

const lookMs = 2000;

/** While one is being made the page looks again, until it shows how it ended. */
export function MakeBackupButton({ running }: { running: boolean }) {
  const router = useRouter();
  const make = useChange(() => makeScheduledBackup(), { onDone: () => toastSuccess(texts.begun) });
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => router.refresh(), lookMs);
    return () => clearInterval(timer);
  }, [running, router]);
  return (
    <Button pending={make.pending} disabled={running} onClick={() => void make.run(undefined)}>
      {texts.makeNow}
    </Button>
  );
}
