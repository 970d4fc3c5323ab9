"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { onDemand } from "@/components/ui/on-demand";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { toastSuccess } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { RetentionInput } from "@/contract/kept-data";
import { previewRetention, saveRetention } from "./actions";
import { type DaysDraft, DaysField } from "./days-field";
import { texts } from "./texts";

const ConfirmDialog = onDemand(() => import("@/components/ui/confirm-dialog").then((m) => m.ConfirmDialog));

/** Where nothing is set yet, a number to begin with. */
const daysAtFirst = 90;

/** Saving asks first when something would go, and says how much. */
export function RetentionForm({ policy, mayChange }: { policy: RetentionInput; mayChange: boolean }) {
  const [count, setCount] = useState(String(policy.snapshotsPerModule));
  const [snapshots, setSnapshots] = useState(draftOf(policy.snapshotDays));
  const [kept, setKept] = useState(draftOf(policy.keptDays));
  const [going, setGoing] = useState<{ count: number; bytes: number; modules: string[] } | null>(null);
  const input: RetentionInput = {
    snapshotsPerModule: Number(count),
    snapshotDays: daysOf(snapshots),
    keptDays: daysOf(kept),
  };
  const save = useChange(saveRetention, {
    problems: "inline",
    onDone: ({ removed }) => toastSuccess(formatRemoved(removed)),
  });
  const preview = useChange(previewRetention, { problems: "inline", refresh: false });
  const problem = preview.problem ?? save.problem;
  const fields = { ...save.fields, ...preview.fields };
  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = await preview.run(input);
    if (found === null) return;
    if (found.count > 0) setGoing(found);
    else await save.run(input);
  }
  const isSaved =
    input.snapshotsPerModule === policy.snapshotsPerModule &&
    input.snapshotDays === policy.snapshotDays &&
    input.keptDays === policy.keptDays;
  return (
    <>
      <form
        className="grid max-w-2xl gap-5 pt-1"
        onSubmit={submit}
        onInput={(event) => {
          preview.onInput(event);
          save.onInput(event);
        }}
        noValidate
      >
        <ProblemNotice problem={problem} />
        <fieldset disabled={!mayChange} className="grid items-start gap-4 sm:grid-cols-3">
          <legend className="sr-only">{texts.retentionLegend}</legend>
          <Field
            label={texts.snapshotsPerModule}
            error={fields.snapshotsPerModule}
            hint={texts.snapshotsPerModuleHint}
          >
            <Input
              type="number"
              inputMode="numeric"
              min={1}
              name="snapshotsPerModule"
              value={count}
              onChange={(event) => setCount(event.target.value)}
            />
          </Field>
          <DaysField
            name="snapshotDays"
            label={texts.snapshotDays}
            value={snapshots}
            error={fields.snapshotDays}
            onChange={setSnapshots}
          />
          <DaysField
            name="keptDays"
            label={texts.keptDays}
            value={kept}
            error={fields.keptDays}
            onChange={setKept}
          />
        </fieldset>
        {mayChange ? (
          <Button
            type="submit"
            variant="primary"
            className="w-fit"
            pending={preview.pending || save.pending}
            disabled={isSaved}
          >
            {texts.save}
          </Button>
        ) : (
          <p className="text-muted-foreground">{texts.administratorsOnly}</p>
        )}
      </form>
      {going && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setGoing(null)}
          title={texts.deleteNow(going.count)}
          description={texts.deleteNowDescription(going.count, going.modules, going.bytes)}
          confirmLabel={texts.saveAndDelete(going.count)}
          onConfirm={async () => {
            await save.run(input);
          }}
        />
      )}
    </>
  );
}

function formatRemoved(removed: { count: number; bytes: number } | null): string {
  if (removed === null) return texts.savedForLater;
  if (removed.count === 0) return texts.saved;
  return texts.savedAndDeleted(removed.count, removed.bytes);
}

function draftOf(days: number | null): DaysDraft {
  return { days: String(days ?? daysAtFirst), forEver: days === null };
}

/** What is no number of days is sent as none, and refused with a message at its field. */
function daysOf({ days, forEver }: DaysDraft): number | null {
  if (forEver) return null;
  return Number(days);
}
