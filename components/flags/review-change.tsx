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
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem-notice";
import type { FlagPreview } from "@/contract/flags";
import { problemFrom } from "@/lib/problem";
import { PreviewList } from "./preview-list.tsx";
import { texts } from "./texts.ts";

/** Shows who gains and who loses, then does it. */
export function ReviewChange(props: {
  label: string;
  primary?: boolean;
  disabled?: boolean;
  title: string;
  description: string;
  warning?: string | undefined;
  /** What does it, where that is not the label's word. */
  confirm?: string;
  /** What variants are called. */
  words?: Record<string, string>;
  /** To choose from, the proposed one first. */
  variants?: string[];
  preview: (variant: string) => Promise<FlagPreview>;
  run: (variant: string) => Promise<unknown>;
  onDone: (variant: string) => void;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [variant, setVariant] = useState("");
  const preview = useMutation({ mutationFn: props.preview });
  const run = useMutation({
    mutationFn: props.run,
    onSuccess: (_, done) => {
      setOpen(false);
      props.onDone(done);
      router.refresh();
    },
  });
  function choose(next: string) {
    setVariant(next);
    preview.mutate(next);
  }
  function review() {
    run.reset();
    setOpen(true);
    choose(props.variants?.[0] ?? "");
  }
  const error = preview.error ?? run.error;
  const problem = error === null ? null : problemFrom(error);
  return (
    <>
      <Button
        variant={props.primary === false ? "outline" : "primary"}
        disabled={props.disabled}
        onClick={review}
      >
        {props.label}
      </Button>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent>
          <DialogHeader>
            <DialogTitle>{props.title}</DialogTitle>
            <DialogDescription>{props.description}</DialogDescription>
          </DialogHeader>
          {props.warning === undefined ? null : <Notice tone="warning" title={props.warning} />}
          <ProblemNotice problem={problem} />
          {props.variants === undefined ? null : (
            <Field label={texts.variant}>
              <NativeSelect value={variant} onChange={(event) => choose(event.target.value)}>
                {props.variants.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </NativeSelect>
            </Field>
          )}
          {preview.isPending ? (
            <p role="status" className="text-muted-foreground">
              {texts.evaluating}
            </p>
          ) : null}
          {preview.data === undefined || preview.isPending ? null : (
            <PreviewList preview={preview.data} words={props.words} />
          )}
          <DialogFooter>
            <DialogClose asChild>
              <Button>{texts.back}</Button>
            </DialogClose>
            <Button
              variant="primary"
              pending={run.isPending}
              disabled={preview.data === undefined || preview.isPending}
              onClick={() => run.mutate(variant)}
            >
              {props.variants === undefined ? (props.confirm ?? props.label) : texts.rollOutNamed(variant)}
            </Button>
          </DialogFooter>
        </DialogContent>
      </Dialog>
    </>
  );
}
