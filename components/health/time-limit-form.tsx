"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { toastSuccess } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import { setTimeLimit } from "./actions";
import { texts } from "./texts";

/** How long the gateway waits for a module's answers; empty: as its manifest says. */
export function TimeLimitForm(props: {
  module: string;
  title: string;
  /** Null: no administrator said anything. */
  timeoutMs: number | null;
  mayChange: boolean;
}) {
  const { module, title } = props;
  const saved = props.timeoutMs === null ? "" : String(props.timeoutMs / 1000);
  const [seconds, setSeconds] = useState(saved);
  const change = useChange(setTimeLimit, {
    problems: "inline",
    onDone: () => toastSuccess(texts.timeLimitSaved(title)),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    void change.run({ module, timeoutMs: seconds === "" ? null : Math.round(Number(seconds) * 1000) });
  }
  return (
    <form onSubmit={submit} onInput={change.onInput} noValidate className="grid max-w-xs gap-3">
      <ProblemNotice problem={change.problem} />
      <fieldset disabled={!props.mayChange} className="grid gap-3">
        <legend className="sr-only">{texts.timeLimit}</legend>
        <Field label={texts.timeLimitSeconds} hint={texts.timeLimitHint} error={change.fields.timeoutMs}>
          <Input
            type="number"
            inputMode="decimal"
            min={1}
            max={3600}
            name="timeoutMs"
            value={seconds}
            onChange={(event) => setSeconds(event.target.value)}
          />
        </Field>
        {props.mayChange && (
          <Button
            type="submit"
            className="justify-self-start"
            pending={change.pending}
            disabled={seconds === saved}
          >
            {texts.save}
          </Button>
        )}
      </fieldset>
    </form>
  );
}
