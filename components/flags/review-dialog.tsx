"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { ProblemNotice } from "@/components/ui/problem-notice";
import type { FlagPreview } from "@/lib/flags";
import { type ActionResult, problemFrom, unwrap } from "@/lib/problem";
import { PreviewList } from "./preview-list.tsx";

/** Shows who gains and who loses, then saves. */
export function ReviewDialog(props: {
  /** What is saved, as in "Save new-editor". */
  name: string;
  disabled: boolean;
  words?: Record<string, string>;
  preview: () => Promise<ActionResult<FlagPreview>>;
  save: () => Promise<ActionResult<unknown>>;
  /** Said once it is saved. */
  saved: () => void;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const preview = useMutation({ mutationFn: () => unwrap(props.preview()) });
  const save = useMutation({
    mutationFn: () => unwrap(props.save()),
    onSuccess: () => {
      setOpen(false);
      props.saved();
      router.refresh();
    },
  });
  function review() {
    save.reset();
    setOpen(true);
    preview.mutate();
  }
  const error = preview.error ?? save.error;
  return (
    <>
      <Button variant="primary" disabled={props.disabled} onClick={review}>
        Review
      </Button>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent>
          <DialogHeader>
            <DialogTitle>Save {props.name}</DialogTitle>
            <DialogDescription>It counts at once, on every host.</DialogDescription>
          </DialogHeader>
          {error === null ? null : <ProblemNotice problem={problemFrom(error)} />}
          {preview.isPending ? (
            <p role="status" className="text-muted-foreground">
              Asking for every user…
            </p>
          ) : null}
          {preview.data === undefined || preview.isPending ? null : (
            <PreviewList preview={preview.data} words={props.words} />
          )}
          <DialogFooter>
            <DialogClose asChild>
              <Button>Back</Button>
            </DialogClose>
            <Button
              variant="primary"
              pending={save.isPending}
              disabled={preview.data === undefined || preview.isPending}
              onClick={() => save.mutate()}
            >
              Save
            </Button>
          </DialogFooter>
        </DialogContent>
      </Dialog>
    </>
  );
}
