"use client";

import { type FormEvent, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { ProfileInput } from "@/contract/people";
import type { ActionResult } from "@/lib/problem";
import { type Choice, localeChoices, timeZoneChoices } from "./locales.ts";
import { texts } from "./texts.ts";

export function ProfileForm({
  update,
  ...saved
}: ProfileInput & { update: (input: ProfileInput) => Promise<ActionResult<void>> }) {
  const [input, setInput] = useState<ProfileInput>(saved);
  // Names of zones and languages come from the browser; the server's may differ, so it offers the present one alone.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  const undo = useChange(update, { onDone: (_, profile) => setInput(profile) });
  const change = useChange(update, {
    problems: "inline",
    onDone: () => toastUndo(texts.profileSaved, () => undo.run(saved)),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!change.pending) void change.run(input);
  }
  const unchanged =
    input.name === saved.name && input.locale === saved.locale && input.timeZone === saved.timeZone;
  return (
    <form className="grid max-w-md gap-4 pt-1" onSubmit={submit} onInput={change.onInput} noValidate>
      <ProblemNotice problem={change.problem} />
      <Field label={texts.name} error={change.fields.name}>
        <Input
          name="name"
          autoComplete="name"
          value={input.name}
          onChange={(event) => setInput({ ...input, name: event.target.value })}
        />
      </Field>
      <Field label={texts.language} error={change.fields.locale}>
        <NativeSelect
          value={input.locale ?? ""}
          onChange={(event) => setInput({ ...input, locale: event.target.value || null })}
        >
          <option value="">{texts.asBrowser}</option>
          <Options choices={mounted ? localeChoices(saved.locale) : bare(saved.locale)} />
        </NativeSelect>
      </Field>
      <Field label={texts.timeZone} error={change.fields.timeZone}>
        <NativeSelect
          value={input.timeZone ?? ""}
          onChange={(event) => setInput({ ...input, timeZone: event.target.value || null })}
        >
          <option value="">
            {mounted
              ? texts.asBrowserZone(Intl.DateTimeFormat().resolvedOptions().timeZone)
              : texts.asBrowser}
          </option>
          <Options choices={mounted ? timeZoneChoices(saved.timeZone) : bare(saved.timeZone)} />
        </NativeSelect>
      </Field>
      <Button type="submit" variant="primary" className="w-fit" pending={change.pending} disabled={unchanged}>
        {texts.saveProfile}
      </Button>
    </form>
  );
}

function Options({ choices }: { choices: Choice[] }) {
  return choices.map((choice) => (
    <option key={choice.value} value={choice.value}>
      {choice.label}
    </option>
  ));
}

function bare(value: string | null): Choice[] {
  return value === null ? [] : [{ value, label: value }];
}
