"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Upload } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { toastSuccess } from "@/components/ui/toast";
import { texts } from "./texts";
import { uploadModuleData } from "./upload-module-data";

/**
 * Restores the data of a module from a file. Given a module: an installed one, whose data is replaced once its name is
 * typed. Without: any that is not installed, as kept data.
 */
export function RestoreModuleButton({ module }: { module?: { name: string; title: string } }) {
  const [open, setOpen] = useState(false);
  const [sent, setSent] = useState<number | null>(null);
  const close = (next: boolean) => sent === null && setOpen(next);
  return (
    <Dialog open={open} onOpenChange={close}>
      <DialogTrigger asChild>
        <Button size="sm" {...(module && { "aria-label": texts.restoreDataOf(module.title) })}>
          <Upload aria-hidden />
          {module ? texts.restore : texts.restoreModule}
        </Button>
      </DialogTrigger>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{module ? texts.replaceDataOf(module.title) : texts.restoreTitle}</DialogTitle>
          <DialogDescription>
            {module ? texts.replaceDescription(module.title) : texts.restoreDescription}
          </DialogDescription>
        </DialogHeader>
        <RestoreForm {...(module && { module })} sent={sent} setSent={setSent} done={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function RestoreForm(props: {
  module?: { name: string; title: string };
  sent: number | null;
  setSent: (sent: number | null) => void;
  done: () => void;
}) {
  const { module, sent, setSent } = props;
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<string>();
  const ready = file !== null && (module ? name.trim() === module.name : name.trim() !== "");

  function choose() {
    const chosen = input.current?.files?.[0] ?? null;
    setFile(chosen);
    setError(undefined);
    // As exports are called: polls-1.0.0.graft.
    const [, guess] = /^([a-z][a-z0-9-]*?)-\d/.exec(chosen?.name ?? "") ?? [];
    if (!module && guess && name === "") setName(guess);
  }
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready || file === null || sent !== null) return;
    setSent(0);
    try {
      const confirm = module ? { confirm: module.name } : {};
      const { operation } = await uploadModuleData(name.trim(), file, { ...confirm, onProgress: setSent });
      if (operation) router.push(`/admin/operations/${operation.id}`);
      else {
        toastSuccess(texts.restoredAsKept(name.trim()));
        props.done();
        router.refresh();
      }
    } catch (problem) {
      const { detail, hint } = (problem ?? {}) as { detail?: string; hint?: string };
      setError(detail ? `${detail} ${hint ?? ""}` : texts.unreachable);
    } finally {
      setSent(null);
    }
  }

  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <Field label={texts.file} hint={texts.fileHint} error={error}>
        <Input ref={input} type="file" accept=".graft" onChange={choose} className="h-auto py-1.5" />
      </Field>
      <Field
        label={module ? texts.typeToConfirm(<span className="font-mono">{module.name}</span>) : texts.module}
      >
        <Input
          value={name}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {sent !== null && <Progress value={sent} label={texts.uploading} />}
      <DialogFooter>
        <Button
          type="submit"
          variant={module ? "destructive" : "primary"}
          disabled={!ready}
          pending={sent !== null}
        >
          {module ? texts.replaceDataOf(module.title) : texts.restoreAsKept}
        </Button>
      </DialogFooter>
    </form>
  );
}
