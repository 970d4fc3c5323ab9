"use client";

import { leave } from "@/components/shell/leave";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toastProblem } from "@/components/ui/toast";
import { type ActionResult, problemFrom, unwrap } from "@/lib/problem";

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
      trigger={<Button className="w-fit">Sign out everywhere…</Button>}
      title="Sign out everywhere?"
      description="Every browser you are signed in with, this one included, has to sign in again. API tokens keep working; revoke them above."
      confirmLabel="Sign out everywhere"
      onConfirm={signOut}
    />
  );
}
