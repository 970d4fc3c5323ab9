import type { FormEvent, ReactNode } from "react";
import { Button } from "./button";
import { DialogClose, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "./dialog";
import { ProblemNotice } from "./problem-notice";
import { texts } from "./texts";
import type { Change } from "./use-change";

/** The form of a dialog that makes one change: what is wrong stands above its fields, *Cancel* beside what sends it. */
export function DialogForm<Input, Data>(props: {
  title: ReactNode;
  description: ReactNode;
  change: Change<Input, Data>;
  /** What the button that sends it says. */
  submit: string;
  disabled?: boolean;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const { change } = props;
  function send(event: FormEvent) {
    event.preventDefault();
    if (!change.pending) props.onSubmit();
  }
  return (
    <form className="grid gap-4" onSubmit={send} onInput={change.onInput} noValidate>
      <DialogHeader>
        <DialogTitle>{props.title}</DialogTitle>
        <DialogDescription>{props.description}</DialogDescription>
      </DialogHeader>
      <ProblemNotice problem={change.problem} />
      {props.children}
      <DialogFooter>
        <DialogClose asChild>
          <Button>{texts.cancel}</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={change.pending} disabled={props.disabled}>
          {props.submit}
        </Button>
      </DialogFooter>
    </form>
  );
}
