"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { toastProblem, toastSuccess } from "@/components/ui/toast";
import type { KeptDataView } from "@/contract/kept-data";
import { problemFrom, unwrap } from "@/lib/problem";
import { deleteKeptData } from "./actions";
import { texts } from "./texts";

const ConfirmDialog = onDemand(() => import("@/components/ui/confirm-dialog").then((m) => m.ConfirmDialog));

const descriptions = {
  kept: texts.deleteKeptDescription,
  exported: texts.deleteFileDescription,
  snapshot: texts.deleteSnapshotDescription,
};

export function DeleteKeptData(props: Pick<KeptDataView, "id" | "module" | "rows" | "kind">) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  async function remove() {
    try {
      await unwrap(deleteKeptData({ id: props.id }));
      toastSuccess(texts.deleted(props.module));
      router.refresh();
      return true;
    } catch (error) {
      toastProblem(problemFrom(error));
      return false;
    }
  }
  return (
    <>
      <Button size="sm" aria-label={texts.deleteTheDataOf(props.module)} onClick={() => setOpen(true)}>
        {texts.delete}
      </Button>
      {open && (
        <ConfirmDialog
          open
          onOpenChange={setOpen}
          title={texts.deleteTheDataOf(props.module)}
          description={descriptions[props.kind](props.rows)}
          confirmLabel={texts.deleteTheDataOf(props.module)}
          typed={props.module}
          onConfirm={remove}
        />
      )}
    </>
  );
}
