"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { createExperiment } from "@/app/admin/experiments/actions";
import { NativeSelect } from "@/components/account/native-select";
import { useChange } from "@/components/people/use-change";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { ExperimentView, GoalSource } from "@/lib/experiments";
import { SplitFields, type SplitRow } from "./split-fields.tsx";

export interface FlagChoice {
  key: string;
  description: string;
  variants: string[];
  control: string | null;
}

const idOf = ({ module, goal }: GoalSource) => `${module}.${goal}`;

function startRows(flag: FlagChoice | undefined): SplitRow[] {
  if (flag === undefined) return [];
  const control = flag.control ?? flag.variants[0];
  const names = flag.variants.toSorted((a, b) => Number(b === control) - Number(a === control));
  return names.map((variant) => ({ variant, weight: 1, included: true }));
}

/** Everything about an experiment on one page; it is a draft until it is started. */
export function ExperimentForm(props: {
  flags: FlagChoice[];
  goals: GoalSource[];
  groups: { key: string; name: string }[];
}) {
  const router = useRouter();
  const [title, setTitle] = useState("");
  const [hypothesis, setHypothesis] = useState("");
  const [flagKey, setFlagKey] = useState(props.flags[0]?.key ?? "");
  const [rows, setRows] = useState(() => startRows(props.flags[0]));
  const [share, setShare] = useState("100");
  const [groups, setGroups] = useState<string[]>([]);
  const [goal, setGoal] = useState(props.goals[0] ? idOf(props.goals[0]) : "");
  const [direction, setDirection] = useState<"up" | "down">("up");
  const [further, setFurther] = useState<string[]>([]);
  const change = useChange<Record<string, unknown>, ExperimentView>(createExperiment, {
    problems: "inline",
    refresh: false,
    onDone: ({ id }) => router.push(`/admin/experiments/${id}`),
  });

  if (props.flags.length === 0 || props.goals.length === 0) return <Missing flags={props.flags.length} />;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (change.pending) return;
    const chosen = [goal, ...further.filter((id) => id !== goal)];
    void change.run({
      title,
      hypothesis,
      flagKey,
      variants: rows.filter(({ included }) => included).map(({ variant, weight }) => ({ variant, weight })),
      share: Number(share),
      audience: groups.length === 0 ? [] : [{ kind: "groups", groups }],
      goals: props.goals
        .filter((source) => chosen.includes(idOf(source)))
        .toSorted((a, b) => chosen.indexOf(idOf(a)) - chosen.indexOf(idOf(b)))
        .map((source, i) => ({
          module: source.module,
          goal: source.goal,
          direction: i === 0 ? direction : "up",
        })),
    });
  }
  const toggle = (list: string[], item: string) =>
    list.includes(item) ? list.filter((one) => one !== item) : [...list, item];
  const flag = props.flags.find(({ key }) => key === flagKey);
  return (
    <form className="grid gap-8" onSubmit={submit} onInput={change.onInput} noValidate>
      {change.problem === null ? null : (
        <Notice tone="danger" live title={change.problem.detail}>
          {change.problem.hint}
        </Notice>
      )}
      <div className="grid gap-4">
        <Field label="Title" error={change.fields.title}>
          <Input name="title" value={title} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <Field
          label="Hypothesis"
          optional
          hint="What you expect, and why. It is worth writing before the figures come."
        >
          <Input
            name="hypothesis"
            value={hypothesis}
            onChange={(event) => setHypothesis(event.target.value)}
          />
        </Field>
      </div>
      <Section title="What is compared">
        <Field label="Flag" hint={flag?.description} error={change.fields.flagKey}>
          <NativeSelect
            name="flagKey"
            value={flagKey}
            onChange={(event) => {
              setFlagKey(event.target.value);
              setRows(startRows(props.flags.find(({ key }) => key === event.target.value)));
            }}
          >
            {props.flags.map(({ key }) => (
              <option key={key}>{key}</option>
            ))}
          </NativeSelect>
        </Field>
        <SplitFields rows={rows} onChange={setRows} error={change.fields.variants} />
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
            value={share}
            className="w-28"
            onChange={(event) => setShare(event.target.value)}
          />
        </Field>
        <CheckList
          legend="Only these groups"
          hint="None chosen: everyone."
          items={props.groups.map(({ key, name }) => ({ value: key, label: name }))}
          chosen={groups}
          onToggle={(key) => setGroups(toggle(groups, key))}
        />
      </Section>
      <Section title="What decides">
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
          <Field label="Goal" error={change.fields.goals}>
            <NativeSelect name="goals" value={goal} onChange={(event) => setGoal(event.target.value)}>
              {props.goals.map((source) => (
                <option key={idOf(source)} value={idOf(source)}>
                  {source.moduleTitle}: {source.title}
                </option>
              ))}
            </NativeSelect>
          </Field>
          <Field label="Better is">
            <NativeSelect
              value={direction}
              onChange={(event) => setDirection(event.target.value as "up" | "down")}
            >
              <option value="up">More of it</option>
              <option value="down">Less of it</option>
            </NativeSelect>
          </Field>
        </div>
        <CheckList
          legend="Also shown"
          hint="These inform; they do not decide."
          items={props.goals
            .filter((source) => idOf(source) !== goal)
            .map((source) => ({ value: idOf(source), label: `${source.moduleTitle}: ${source.title}` }))}
          chosen={further}
          onToggle={(id) => setFurther(toggle(further, id))}
        />
      </Section>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={change.pending}>
          Create draft
        </Button>
      </div>
    </form>
  );
}

function CheckList(props: {
  legend: string;
  hint: string;
  items: { value: string; label: string }[];
  chosen: string[];
  onToggle: (value: string) => void;
}) {
  if (props.items.length === 0) return null;
  return (
    <fieldset className="grid gap-1.5">
      <legend className="font-medium">{props.legend}</legend>
      <p className="text-xs text-muted-foreground">{props.hint}</p>
      {props.items.map(({ value, label }) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is a button inside
        <label key={value} className="flex w-fit items-center gap-2 py-0.5">
          <Checkbox checked={props.chosen.includes(value)} onCheckedChange={() => props.onToggle(value)} />
          {label}
        </label>
      ))}
    </fieldset>
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
