"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Switch } from "@/components/ui/switch";
import { toastProblem, toastUndo } from "@/components/ui/toast";
import { problemFrom, unwrap } from "@/lib/problem";
import { switchFlag } from "./actions";
import { texts } from "./texts.ts";

/** The kill switch of a flag, effective at once on every host; the toast takes it back. */
export function FlagSwitch({ flagKey, on }: { flagKey: string; on: boolean }) {
  const router = useRouter();
  const [shown, setShown] = useState(on);
  const [known, setKnown] = useState(on);
  // What the page was rendered with leads once it changes: an undo, an edit, another administrator.
  if (known !== on) {
    setKnown(on);
    setShown(on);
  }
  async function change(next: boolean, isUndo = false) {
    setShown(next);
    try {
      await unwrap(switchFlag({ key: flagKey, on: next }));
      if (!isUndo)
        toastUndo(next ? texts.switchedOn(flagKey) : texts.switchedOff(flagKey), () => change(!next, true));
    } catch (error) {
      setShown(!next);
      toastProblem(problemFrom(error));
    }
    router.refresh();
  }
  return (
    <Switch checked={shown} onCheckedChange={(next) => void change(next)} aria-label={texts.isOn(flagKey)} />
  );
}
