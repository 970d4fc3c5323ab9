"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toastProblem, toastSuccess } from "@/components/ui/toast";
import { problemFrom, unwrap } from "@/lib/problem";
import { removeFlag } from "./actions";
import { texts } from "./texts.ts";

/** Removes a flag that was made here; puts a module's flag back to what the module declares. */
export function RemoveFlagButton({ flagKey, module }: { flagKey: string; module: string | null }) {
  const router = useRouter();
  const isOwn = module === null;
  async function remove() {
    try {
      await unwrap(removeFlag({ key: flagKey }));
    } catch (error) {
      toastProblem(problemFrom(error));
      return false;
    }
    toastSuccess(isOwn ? texts.removed(flagKey) : texts.wasReset(flagKey));
    if (isOwn) router.push("/admin/flags");
    else router.refresh();
  }
  return (
    <ConfirmDialog
      trigger={<Button>{isOwn ? texts.remove : texts.reset}</Button>}
      title={isOwn ? texts.removeQuestion(flagKey) : texts.resetQuestion(flagKey)}
      description={isOwn ? texts.removeExplained : texts.resetExplained}
      confirmLabel={isOwn ? texts.remove : texts.reset}
      onConfirm={remove}
    />
  );
}
