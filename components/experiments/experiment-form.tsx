"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ConditionText } from "@/components/flags/condition-text";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Section } from "@/components/ui/section";
import { toastSuccess } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { ExperimentInput, ExperimentView, GoalSource } from "@/contract/experiments";
import { createExperiment, updateExperiment } from "./actions";
import { CheckList } from "./check-list.tsx";
import { type Draft, draftOf, emptyDraft, type FlagChoice, idOf, inputOf, startRows } from "./draft.ts";
import { SplitFields } from "./split-fields.tsx";
import { texts } from "./texts.ts";

/** Everything about an experiment on one page; it is a draft until it is started. */
export function ExperimentForm(props: {
  flags: FlagChoice[];
  goals: GoalSource[];
  groups: { key: string; name: string }[];
  /** The draft that is edited, or the experiment that a new one begins as a copy of. */
  from?: ExperimentView;
  /** Of users in conditions that the form has no fields for. */
  names?: Record<string, string>;
  editing?: boolean;
}) {
  const router = useRouter();
  const { flags, goals, from = null, editing = false } = props;
  const [start] = useState(() =>
    from === null ? { draft: emptyDraft(flags, goals), lost: [] } : draftOf(from, flags, goals),
  );
  const [draft, setDraft] = useState<Draft>(() =>
    from === null || editing
      ? start.draft
      : { ...start.draft, title: texts.copyOf(start.draft.title.slice(0, 113)) },
  );
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const save = (input: ExperimentInput) =>
    editing && from !== null ? updateExperiment({ ...input, id: from.id }) : createExperiment(input);
  const change = useChange<ExperimentInput, ExperimentView>(save, {
    problems: "inline",
    refresh: editing,
    onDone({ id, title }) {
      if (editing) toastSuccess(texts.hasSaved(title));
      router.push(`/admin/experiments/${id}`);
    },
  });

  if (flags.length === 0 || goals.length === 0) return <Missing flags={flags.length} />;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!change.pending) void change.run(inputOf(draft, goals, from));
  }
  const flag = flags.find(({ key }) => key === draft.flagKey);
  return (
    <form className="grid gap-8" onSubmit={submit} onInput={change.onInput} noValidate>
      <ProblemNotice problem={change.problem} />
      {start.lost.length === 0 ? null : (
        <Notice tone="warning" title={texts.lost(start.lost.join(", "))}>
          {texts.lostHint}
        </Notice>
      )}
      <div className="grid gap-4">
        <Field label={texts.title} error={change.fields.title}>
          <Input name="title" value={draft.title} onChange={(event) => set({ title: event.target.value })} />
        </Field>
        <Field label={texts.hypothesis} optional hint={texts.hypothesisHint} error={change.fields.hypothesis}>
          <Input
            name="hypothesis"
            value={draft.hypothesis}
            onChange={(event) => set({ hypothesis: event.target.value })}
          />
        </Field>
      </div>
      <Section title={texts.whatIsCompared}>
        <Field label={texts.flag} hint={flag?.description} error={change.fields.flagKey}>
          <NativeSelect
            name="flagKey"
            value={draft.flagKey}
            onChange={(event) => {
              const { value } = event.target;
              set({ flagKey: value, rows: startRows(flags.find(({ key }) => key === value)) });
            }}
          >
            {flags.map(({ key }) => (
              <option key={key}>{key}</option>
            ))}
          </NativeSelect>
        </Field>
        <SplitFields rows={draft.rows} onChange={(rows) => set({ rows })} error={change.fields.variants} />
      </Section>
      <Section title={texts.whoTakesPart}>
        <Field label={texts.share} hint={texts.shareHint} error={change.fields.share}>
          <Input
            name="share"
            type="number"
            min={1}
            max={100}
            value={draft.share}
            className="w-28"
            onChange={(event) => set({ share: event.target.value })}
          />
        </Field>
        <CheckList
          legend={texts.onlyGroups}
          hint={texts.onlyGroupsHint}
          items={props.groups.map(({ key, name }) => ({ value: key, label: name }))}
          chosen={draft.groups}
          onChange={(groups) => set({ groups })}
        />
        {draft.kept.length === 0 ? null : (
          <p className="text-xs text-muted-foreground">
            {texts.alsoRequired(<ConditionText conditions={draft.kept} names={props.names ?? {}} />)}
          </p>
        )}
      </Section>
      <Section title={texts.whatDecides}>
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
          <Field label={texts.goal} error={change.fields.goals}>
            <NativeSelect
              name="goals"
              value={draft.goal}
              onChange={(event) => set({ goal: event.target.value })}
            >
              {goals.map((source) => (
                <option key={idOf(source)} value={idOf(source)}>
                  {source.moduleTitle}: {source.title}
                </option>
              ))}
            </NativeSelect>
          </Field>
          <Field label={texts.betterIs}>
            <NativeSelect
              value={draft.direction}
              onChange={(event) => set({ direction: event.target.value as "up" | "down" })}
            >
              <option value="up">{texts.moreOfIt}</option>
              <option value="down">{texts.lessOfIt}</option>
            </NativeSelect>
          </Field>
        </div>
        <CheckList
          legend={texts.alsoShown}
          hint={texts.alsoShownHint}
          items={goals
            .filter((source) => idOf(source) !== draft.goal)
            .map((source) => ({ value: idOf(source), label: `${source.moduleTitle}: ${source.title}` }))}
          chosen={draft.further}
          onChange={(further) => set({ further })}
        />
      </Section>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={change.pending}>
          {editing ? texts.saveDraft : texts.createDraft}
        </Button>
        {editing && from !== null ? (
          <Button asChild>
            <Link href={`/admin/experiments/${from.id}`}>{texts.cancel}</Link>
          </Button>
        ) : null}
      </div>
    </form>
  );
}

function Missing({ flags }: { flags: number }) {
  return (
    <EmptyState
      title={flags === 0 ? texts.noFlag : texts.noGoal}
      className="rounded-lg border border-dashed"
      action={
        <Button asChild>
          <Link href={flags === 0 ? "/admin/flags" : "/admin/marketplace"}>
            {flags === 0 ? texts.flags : texts.marketplace}
          </Link>
        </Button>
      }
    >
      {flags === 0 ? texts.noFlagHint : texts.noGoalHint}
    </EmptyState>
  );
}
