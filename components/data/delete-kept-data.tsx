"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/format";
import { onDemand } from "@/components/ui/on-demand";
import { toastProblem, toastSuccess } from "@/components/ui/toast";
import type { KeptDataView } from "@/contract/kept-data";
import { problemFrom, unwrap } from "@/lib/problem";
import { deleteKeptData } from "./actions";

const ConfirmDialog = onDemand(() => import("@/components/ui/confirm-dialog").then((m) => m.ConfirmDialog));

export function DeleteKeptData(props: Pick<KeptDataView, "id" | "module" | "rows" | "kind">) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  async function remove() {
    try {
      await unwrap(deleteKeptData({ id: props.id }));
      toastSuccess(`The data of ${props.module} is deleted`);
      router.refresh();
      return true;
    } catch (error) {
      toastProblem(problemFrom(error));
      return false;
    }
  }
  return (
    <>
      <Button size="sm" aria-label={`Delete the data of ${props.module}`} onClick={() => setOpen(true)}>
        Delete…
      </Button>
      {open && (
        <ConfirmDialog
          open
          onOpenChange={setOpen}
          title={`Delete the data of ${props.module}`}
          description={`${props.kind === "kept" ? "The tables" : "The file"} with ${plural(props.rows, "row")} will be gone for good.${props.kind === "snapshot" ? " Going back can no longer bring these rows back." : ""}`}
          confirmLabel={`Delete the data of ${props.module}`}
          typed={props.module}
          onConfirm={remove}
        />
      )}
    </>
  );
}
