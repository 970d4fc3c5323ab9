"use client";

import { type ReactNode, useState } from "react";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogTitle,
  AlertDialogTrigger,
} from "./alert-dialog";
import { Button } from "./button";
import { Field } from "./field";
import { Input } from "./input";
import { texts } from "./texts";

/**
 * Asks before something that cannot be undone. The confirm button names what it destroys; with `typed`,
 * that word has to be typed first. Stays open while `onConfirm` runs; closes unless it resolves to false.
 */
export function ConfirmDialog(props: {
  /** The button that opens it; leave out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: string;
  description: ReactNode;
  confirmLabel: string;
  typed?: string;
  onConfirm: () => Promise<boolean | undefined> | Promise<void>;
}) {
  const [inner, setInner] = useState(false);
  const [value, setValue] = useState("");
  const [pending, setPending] = useState(false);
  const open = props.open ?? inner;
  const setOpen = (next: boolean) => {
    if (pending) return;
    setValue("");
    setInner(next);
    props.onOpenChange?.(next);
  };
  const ready = props.typed === undefined || value.trim() === props.typed;
  async function confirm() {
    setPending(true);
    try {
      if ((await props.onConfirm()) === false) return;
      setValue("");
      setInner(false);
      props.onOpenChange?.(false);
    } finally {
      setPending(false);
    }
  }
  return (
    <AlertDialog open={open} onOpenChange={setOpen}>
      {props.trigger && <AlertDialogTrigger asChild>{props.trigger}</AlertDialogTrigger>}
      <AlertDialogContent>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready && !pending) void confirm();
          }}
        >
          <div className="grid gap-1.5">
            <AlertDialogTitle>{props.title}</AlertDialogTitle>
            <AlertDialogDescription asChild>
              <div className="text-muted-foreground">{props.description}</div>
            </AlertDialogDescription>
          </div>
          {props.typed !== undefined && (
            <Field label={texts.typeToConfirm(<span className="font-mono">{props.typed}</span>)}>
              <Input
                value={value}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setValue(event.target.value)}
              />
            </Field>
          )}
          <AlertDialogFooter>
            <AlertDialogCancel asChild>
              <Button>{texts.cancel}</Button>
            </AlertDialogCancel>
            <Button type="submit" variant="destructive" disabled={!ready} pending={pending}>
              {props.confirmLabel}
            </Button>
          </AlertDialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}
