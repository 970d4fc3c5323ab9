"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { useChange } from "@/components/ui/use-change";
import type { ActionResult } from "@/lib/problem";
import { beginSession } from "./begin-session.ts";
import { NewPasswordField } from "./new-password-field.tsx";
import { texts } from "./texts.ts";

interface Acceptance {
  secret: string;
  name: string;
  password: string;
}

export function InviteForm(props: {
  secret: string;
  email: string;
  name: string;
  accept: (input: Acceptance) => Promise<ActionResult<{ email: string }>>;
}) {
  const [name, setName] = useState(props.name);
  const [entering, setEntering] = useState(false);
  const change = useChange(props.accept, { problems: "inline", refresh: false });

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (change.pending || entering) return;
    const password = String(new FormData(event.currentTarget).get("password"));
    const accepted = await change.run({ secret: props.secret, name, password });
    if (accepted === null) return;
    setEntering(true);
    const failed = await beginSession(accepted.email, password).catch(() => true);
    window.location.assign(failed === null ? "/" : "/sign-in");
  }

  return (
    <form className="grid gap-4" onSubmit={submit} onInput={change.onInput} noValidate>
      <ProblemNotice problem={change.problem} />
      <Field label={texts.email}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          readOnly
          value={props.email}
          className="bg-muted"
        />
      </Field>
      <Field label={texts.yourName} error={change.fields.name}>
        <Input
          name="name"
          autoComplete="name"
          required
          value={name}
          onChange={(e) => setName(e.target.value)}
        />
      </Field>
      <NewPasswordField known={[name, props.email]} error={change.fields.password} />
      <Button type="submit" variant="primary" size="lg" pending={change.pending || entering}>
        {texts.setPassword}
      </Button>
    </form>
  );
}
