"use client";

import { type FormEvent, useState } from "react";
import { TimeZoneField } from "@/components/account/time-zone-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Switch } from "@/components/ui/switch";
import { toastSuccess } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { BackupScheduleInput } from "@/contract/backup";
import { saveBackupSchedule } from "./actions";
import { texts } from "./texts";

type Schedule = Omit<BackupScheduleInput, "revision">;

const kept = [
  ["days", texts.keepDays],
  ["weeks", texts.keepWeeks],
  ["months", texts.keepMonths],
] as const;

/** When backups are made by themselves, and how many are kept. `untouched`: nobody has chosen a zone yet. */
export function ScheduleForm(props: { schedule: Schedule; revision: number; untouched: boolean }) {
  const { schedule: saved, revision } = props;
  const [input, setInput] = useState<Schedule>(saved);
  const change = useChange(saveBackupSchedule, {
    problems: "inline",
    onDone: (_, { enabled }) => toastSuccess(texts.scheduleSaved(enabled)),
  });
  const set = (patch: Partial<Schedule>) => setInput({ ...input, ...patch });
  const isSaved = (Object.keys(saved) as (keyof Schedule)[]).every((key) => saved[key] === input[key]);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!change.pending) void change.run({ ...input, revision });
  }
  return (
    <form className="grid max-w-2xl gap-5" onSubmit={submit} onInput={change.onInput} noValidate>
      <ProblemNotice problem={change.problem} />
      <fieldset className="grid gap-5">
        <legend className="sr-only">{texts.scheduled}</legend>
        <div className="flex items-center gap-3">
          <Switch
            id="backups-enabled"
            checked={input.enabled}
            onCheckedChange={(enabled) => set({ enabled })}
          />
          <Label htmlFor="backups-enabled">{texts.enableSchedule}</Label>
        </div>
        <div className="grid items-start gap-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
          <Field label={texts.at} error={change.fields.at}>
            <Input
              type="time"
              name="at"
              value={input.at}
              onChange={(event) => set({ at: event.target.value })}
            />
          </Field>
          <TimeZoneField
            label={texts.timeZone}
            value={input.timeZone}
            untouched={props.untouched}
            error={change.fields.timeZone}
            onChange={(timeZone) => set({ timeZone })}
          />
        </div>
        <div className="grid grid-cols-3 items-start gap-4">
          {kept.map(([name, label]) => (
            <Field key={name} label={label} error={change.fields[name]}>
              <Input
                type="number"
                inputMode="numeric"
                min={0}
                name={name}
                value={input[name]}
                onChange={(event) => set({ [name]: event.target.valueAsNumber || 0 })}
              />
            </Field>
          ))}
        </div>
        <p className="text-xs text-muted-foreground">{texts.keepHint}</p>
      </fieldset>
      <Button type="submit" variant="primary" className="w-fit" pending={change.pending} disabled={isSaved}>
        {texts.saveSchedule}
      </Button>
    </form>
  );
}
