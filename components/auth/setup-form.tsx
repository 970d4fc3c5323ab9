"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { useChange } from "@/components/ui/use-change";
import type { FirstAdministratorInput } from "@/contract/people";
import type { ActionResult } from "@/lib/problem";
import { beginSession } from "./begin-session.ts";
import { NewPasswordField } from "./new-password-field.tsx";
import { texts } from "./texts.ts";

export function SetupForm(props: {
  create: (input: FirstAdministratorInput) => Promise<ActionResult<{ email: string }>>;
}) {
  const [person, setPerson] = useState({ name: "", email: "" });
  const [entering, setEntering] = useState(false);
  const change = useChange(props.create, { problems: "inline", refresh: false });

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (change.pending || entering) return;
    const password = String(new FormData(event.currentTarget).get("password"));
    const created = await change.run({ ...person, password });
    if (created === null) return;
    setEntering(true);
    const failed = await beginSession(created.email, password).catch(() => true);
    window.location.assign(failed === null ? "/admin" : "/sign-in?next=%2Fadmin");
  }

  return (
    <form className="grid gap-4" onSubmit={submit} onInput={change.onInput} noValidate>
      <ProblemNotice problem={change.problem} />
      <Field label={texts.yourName} error={change.fields.name}>
        <Input
          name="name"
          autoComplete="name"
          required
          value={person.name}
          onChange={(event) => setPerson({ ...person, name: event.target.value })}
        />
      </Field>
      <Field label={texts.email} hint={texts.emailHint} error={change.fields.email}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          required
          autoCapitalize="none"
          spellCheck={false}
          value={person.email}
          onChange={(event) => setPerson({ ...person, email: event.target.value })}
        />
      </Field>
      <NewPasswordField known={[person.name, person.email]} error={change.fields.password} />
      <Button type="submit" variant="primary" size="lg" pending={change.pending || entering}>
        {texts.createAdministrator}
      </Button>
    </form>
  );
}
