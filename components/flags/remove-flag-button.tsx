"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toastProblem, toastSuccess } from "@/components/ui/toast";
import { problemFrom, unwrap } from "@/lib/problem";
import { removeFlag } from "./actions";

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
    toastSuccess(isOwn ? `${flagKey} is removed.` : `${flagKey} is as its module declares it.`);
    if (isOwn) router.push("/admin/flags");
    else router.refresh();
  }
  return (
    <ConfirmDialog
      trigger={<Button>{isOwn ? "Remove" : "Reset"}</Button>}
      title={isOwn ? `Remove ${flagKey}?` : `Reset ${flagKey}?`}
      description={
        isOwn
          ? "Whoever asks for it gets the value in their code. The history of all flags takes it back."
          : "Rules and variants become those its module declares. The history takes it back."
      }
      confirmLabel={isOwn ? "Remove" : "Reset"}
      onConfirm={remove}
    />
  );
}
