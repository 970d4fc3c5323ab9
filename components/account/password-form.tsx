"use client";

import { type FormEvent, useState } from "react";
import { beginSession } from "@/components/auth/begin-session";
import { NewPasswordField } from "@/components/auth/new-password-field";
import { PasswordInput } from "@/components/auth/password-input";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { toastSuccess } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { ActionResult } from "@/lib/problem";
import { texts } from "./texts.ts";

type Passwords = { current: string; password: string };

export function PasswordForm(props: {
  known: string[];
  change: (input: Passwords) => Promise<ActionResult<{ email: string }>>;
}) {
  // A new key empties the fields after a change.
  const [round, setRound] = useState(0);
  const change = useChange(changeAndStay, {
    problems: "inline",
    onDone: () => {
      setRound(round + 1);
      toastSuccess(texts.passwordChanged);
    },
  });

  /** The change ends every session, this one too: it is begun anew before anything else asks the server. */
  async function changeAndStay(input: Passwords) {
    const result = await props.change(input);
    if (result.data === undefined) return result;
    const failed = await beginSession(result.data.email, input.password).catch(() => true);
    if (failed !== null) window.location.assign("/sign-in?next=%2Faccount");
    return result;
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (change.pending) return;
    const form = new FormData(event.currentTarget);
    void change.run({ current: String(form.get("current")), password: String(form.get("password")) });
  }

  const until = change.problem?.details?.until;
  return (
    <form
      key={round}
      className="grid max-w-md gap-4 pt-1"
      onSubmit={submit}
      onInput={change.onInput}
      noValidate
    >
      {change.problem === null ? null : (
        <Notice tone="danger" live title={change.problem.detail}>
          {typeof until === "string" ? texts.tryAgainAt(<Time value={until} />) : change.problem.hint}
        </Notice>
      )}
      <Field label={texts.currentPassword} error={change.fields.current}>
        <PasswordInput name="current" autoComplete="current-password" />
      </Field>
      <NewPasswordField label={texts.newPassword} known={props.known} error={change.fields.password} />
      <Button type="submit" className="w-fit" pending={change.pending}>
        {texts.changePassword}
      </Button>
    </form>
  );
}
