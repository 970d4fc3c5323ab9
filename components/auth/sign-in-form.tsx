"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { type Problem, problemFrom } from "@/lib/problem";
import { beginSession } from "./begin-session.ts";
import { PasswordInput } from "./password-input.tsx";
import { texts } from "./texts.ts";

/** `next`: where to go afterwards, a path on this host. */
export function SignInForm({ next, problem: initial }: { next: string; problem: Problem | null }) {
  const [problem, setProblem] = useState(initial);
  const [pending, setPending] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget);
    setPending(true);
    setProblem(null);
    const failed = await beginSession(String(form.get("email")), String(form.get("password"))).catch(
      problemFrom,
    );
    if (failed === null) {
      // A full load: nothing rendered for nobody may survive in the router's cache.
      window.location.assign(next);
      return;
    }
    setPending(false);
    setProblem(failed);
    password.current?.focus();
    password.current?.select();
  }

  return (
    <form className="grid gap-4" onSubmit={submit}>
      {problem === null ? null : (
        <Notice tone="danger" live title={problem.detail}>
          <SignInHint problem={problem} />
        </Notice>
      )}
      <Field label={texts.email}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          required
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <Field label={texts.password}>
        <PasswordInput ref={password} name="password" autoComplete="current-password" required />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {texts.signIn}
      </Button>
    </form>
  );
}

function SignInHint({ problem }: { problem: Problem }) {
  const until = problem.details?.until;
  if (typeof until === "string") {
    return texts.tryAgainAt(<Time value={until} />, <Time value={until} absolute />);
  }
  return problem.hint ?? null;
}
