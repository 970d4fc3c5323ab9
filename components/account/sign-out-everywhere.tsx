"use client";

import { leave } from "@/components/shell/leave";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toastProblem } from "@/components/ui/toast";
import { type ActionResult, problemFrom, unwrap } from "@/lib/problem";
import { texts } from "./texts.ts";

export function SignOutEverywhere({ action }: { action: () => Promise<ActionResult<void>> }) {
  async function signOut() {
    try {
      await unwrap(action());
    } catch (error) {
      toastProblem(problemFrom(error));
      return false;
    }
    await leave();
    return true;
  }
  return (
    <ConfirmDialog
      trigger={<Button className="w-fit">{texts.signOutEverywhereMenu}</Button>}
      title={texts.signOutEverywhereQuestion}
      description={texts.signOutEverywhereExplained}
      confirmLabel={texts.signOutEverywhere}
      onConfirm={signOut}
    />
  );
}
