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
      : { ...start.draft, title: `${start.draft.title.slice(0, 113)} (copy)` },
  );
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const save = (input: ExperimentInput) =>
    editing && from !== null ? updateExperiment({ ...input, id: from.id }) : createExperiment(input);
  const change = useChange<ExperimentInput, ExperimentView>(save, {
    problems: "inline",
    refresh: editing,
    onDone({ id, title }) {
      if (editing) toastSuccess(`${title} is saved.`);
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
        <Notice tone="warning" title={`No longer there: ${start.lost.join(", ")}.`}>
          Look at what stands in its place before you save.
        </Notice>
      )}
      <div className="grid gap-4">
        <Field label="Title" error={change.fields.title}>
          <Input name="title" value={draft.title} onChange={(event) => set({ title: event.target.value })} />
        </Field>
        <Field
          label="Hypothesis"
          optional
          hint="What you expect, and why. It is worth writing before the figures come."
          error={change.fields.hypothesis}
        >
          <Input
            name="hypothesis"
            value={draft.hypothesis}
            onChange={(event) => set({ hypothesis: event.target.value })}
          />
        </Field>
      </div>
      <Section title="What is compared">
        <Field label="Flag" hint={flag?.description} error={change.fields.flagKey}>
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
      <Section title="Who takes part">
        <Field
          label="Share of the audience, in percent"
          hint="The others get what the flag’s own rules say."
          error={change.fields.share}
        >
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
          legend="Only these groups"
          hint="None chosen: everyone."
          items={props.groups.map(({ key, name }) => ({ value: key, label: name }))}
          chosen={draft.groups}
          onChange={(groups) => set({ groups })}
        />
        {draft.kept.length === 0 ? null : (
          <p className="text-xs text-muted-foreground">
            Also required, as set through the API:{" "}
            <ConditionText conditions={draft.kept} names={props.names ?? {}} />.
          </p>
        )}
      </Section>
      <Section title="What decides">
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
          <Field label="Goal" error={change.fields.goals}>
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
          <Field label="Better is">
            <NativeSelect
              value={draft.direction}
              onChange={(event) => set({ direction: event.target.value as "up" | "down" })}
            >
              <option value="up">More of it</option>
              <option value="down">Less of it</option>
            </NativeSelect>
          </Field>
        </div>
        <CheckList
          legend="Also shown"
          hint="These inform; they do not decide."
          items={goals
            .filter((source) => idOf(source) !== draft.goal)
            .map((source) => ({ value: idOf(source), label: `${source.moduleTitle}: ${source.title}` }))}
          chosen={draft.further}
          onChange={(further) => set({ further })}
        />
      </Section>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={change.pending}>
          {editing ? "Save draft" : "Create draft"}
        </Button>
        {editing && from !== null ? (
          <Button asChild>
            <Link href={`/admin/experiments/${from.id}`}>Cancel</Link>
          </Button>
        ) : null}
      </div>
    </form>
  );
}

function Missing({ flags }: { flags: number }) {
  return (
    <EmptyState
      title={flags === 0 ? "There is no flag to compare variants of" : "No module reports a goal"}
      className="rounded-lg border border-dashed"
      action={
        <Button asChild>
          <Link href={flags === 0 ? "/admin/flags" : "/admin/marketplace"}>
            {flags === 0 ? "Flags" : "Marketplace"}
          </Link>
        </Button>
      }
    >
      {flags === 0
        ? "Create a flag with at least two variants, or install a module that brings one."
        : "Install a module whose manifest declares goals, as Announcements and Polls do."}
    </EmptyState>
  );
}
