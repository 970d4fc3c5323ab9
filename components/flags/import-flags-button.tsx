"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ChangeEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Upload } from "@/components/ui/icons";
import { Input, Textarea } from "@/components/ui/input";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { toastSuccess } from "@/components/ui/toast";
import { problemFrom, unwrap } from "@/lib/problem";
import { importFlags, planImport } from "./actions";
import { ImportPreview } from "./import-preview.tsx";
import { texts } from "./texts.ts";

/** Takes in a flagd document: first what would change or what is wrong, by line; then all of it or nothing. */
export function ImportFlagsButton() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <Upload aria-hidden />
          {texts.import}
        </Button>
      </DialogTrigger>
      <DialogContent>
        <ImportForm onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function ImportForm({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const [text, setText] = useState("");
  const plan = useMutation({ mutationFn: (asked: string) => unwrap(planImport({ text: asked })) });
  const write = useMutation({
    mutationFn: () => unwrap(importFlags({ text })),
    onSuccess: ({ flags }) => {
      onDone();
      toastSuccess(texts.imported(flags.filter(({ kind }) => kind !== "same").length));
      router.refresh();
    },
  });
  function change(next: string) {
    setText(next);
    plan.reset();
    write.reset();
  }
  async function upload({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    if (file === undefined) return;
    const read = await file.text();
    change(read);
    plan.mutate(read);
  }
  const error = plan.error ?? write.error;
  const problem = error === null ? null : problemFrom(error);
  const ready = plan.data !== undefined && plan.data.problems.length === 0;
  const changes = ready ? plan.data.flags.filter(({ kind }) => kind !== "same").length : 0;
  return (
    <div className="grid gap-4">
      <DialogHeader>
        <DialogTitle>{texts.importFlags}</DialogTitle>
        <DialogDescription>{texts.importExplained}</DialogDescription>
      </DialogHeader>
      <Field label={texts.file} optional>
        <Input type="file" accept=".json,application/json" onChange={(event) => void upload(event)} />
      </Field>
      <Field label={texts.document}>
        <Textarea
          rows={8}
          spellCheck={false}
          className="font-mono text-xs leading-5"
          placeholder={'{ "flags": { … } }'}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      </Field>
      <ProblemNotice problem={problem} />
      {plan.data === undefined ? null : <ImportPreview plan={plan.data} />}
      <DialogFooter>
        <DialogClose asChild>
          <Button>{texts.cancel}</Button>
        </DialogClose>
        {ready ? (
          <Button
            variant="primary"
            pending={write.isPending}
            disabled={changes + plan.data.evaluators.length === 0}
            onClick={() => write.mutate()}
          >
            {texts.importCount(changes)}
          </Button>
        ) : (
          <Button
            variant="primary"
            pending={plan.isPending}
            disabled={text.trim() === ""}
            onClick={() => plan.mutate(text)}
          >
            {texts.check}
          </Button>
        )}
      </DialogFooter>
    </div>
  );
}
