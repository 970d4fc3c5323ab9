"use client";

import { type FormEvent, useState } from "react";
import { TimeZoneField } from "@/components/account/time-zone-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { RadioChoice, RadioGroup } from "@/components/ui/radio-group";
import { Switch } from "@/components/ui/switch";
import { toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { ScheduleInput } from "@/contract/upgrades";
import { saveUpgradePolicy } from "./actions";
import { DayChoice } from "./day-choice";
import { texts } from "./texts";

/** When upgrades may happen by themselves, and which. `untouched`: nobody has chosen a zone yet. */
export function PolicyForm(props: {
  policy: ScheduleInput;
  /** Of the policy that is shown: nobody else's change is overwritten unseen. */
  revision: number;
  untouched: boolean;
  mayChange: boolean;
}) {
  const { policy: saved, revision, mayChange } = props;
  const [input, setInput] = useState<ScheduleInput>(saved);
  const undo = useChange(saveUpgradePolicy, { onDone: (_, policy) => setInput(policy) });
  const change = useChange(saveUpgradePolicy, {
    problems: "inline",
    onDone: (done, { enabled }) =>
      toastUndo(enabled ? texts.automaticUpgradesAreOn : texts.automaticUpgradesAreOff, () =>
        undo.run({ ...saved, revision: done.revision }),
      ),
  });
  const set = (patch: Partial<ScheduleInput>) => setInput({ ...input, ...patch });
  const isSaved = (Object.keys(saved) as (keyof ScheduleInput)[]).every(
    (key) => String(saved[key]) === String(input[key]),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!change.pending) void change.run({ ...input, revision });
  }
  return (
    <form className="grid max-w-2xl gap-5 pt-1" onSubmit={submit} onInput={change.onInput} noValidate>
      <ProblemNotice problem={change.problem} />
      <fieldset disabled={!mayChange} className="grid gap-5">
        <legend className="sr-only">{texts.automaticUpgrades}</legend>
        <div className="flex items-center gap-3">
          <Switch
            id="automatic-enabled"
            checked={input.enabled}
            disabled={!mayChange}
            onCheckedChange={(enabled) => set({ enabled })}
          />
          <Label htmlFor="automatic-enabled">{texts.enable}</Label>
        </div>
        <RadioGroup
          aria-label={texts.level}
          className="sm:grid-cols-2"
          value={input.level}
          disabled={!mayChange}
          onValueChange={(level) => set({ level: level as ScheduleInput["level"] })}
        >
          <RadioChoice
            value="patch"
            title={texts.patchVersions}
            description={texts.patchVersionsDescription}
          />
          <RadioChoice
            value="minor"
            title={texts.patchAndMinorVersions}
            description={texts.minorVersionsDescription}
          />
        </RadioGroup>
        <DayChoice value={input.days} error={change.fields.days} onChange={(days) => set({ days })} />
        <div className="grid grid-cols-2 items-start gap-4 sm:grid-cols-[8rem_8rem_minmax(0,1fr)]">
          <Field label={texts.from} error={change.fields.from}>
            <Input
              type="time"
              name="from"
              value={input.from}
              onChange={(event) => set({ from: event.target.value })}
            />
          </Field>
          <Field
            label={texts.to}
            error={change.fields.to}
            hint={input.to > input.from ? undefined : texts.nextDay}
          >
            <Input
              type="time"
              name="to"
              value={input.to}
              onChange={(event) => set({ to: event.target.value })}
            />
          </Field>
          <TimeZoneField
            label={texts.timeZone}
            className="max-sm:col-span-2"
            value={input.timeZone}
            untouched={props.untouched}
            error={change.fields.timeZone}
            onChange={(timeZone) => set({ timeZone })}
          />
        </div>
      </fieldset>
      {mayChange ? (
        <Button type="submit" variant="primary" className="w-fit" pending={change.pending} disabled={isSaved}>
          {texts.save}
        </Button>
      ) : (
        <p className="text-muted-foreground">{texts.administratorsOnly}</p>
      )}
    </form>
  );
}
