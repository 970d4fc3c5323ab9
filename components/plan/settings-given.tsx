"use client";

import { type FormEvent, useState } from "react";
import { toConfig, toDraft, toPatch } from "@/components/schema-form/draft";
import { type FormField, readFields, type Values } from "@/components/schema-form/read-schema";
import { SchemaFields } from "@/components/schema-form/schema-fields";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useChange } from "@/components/ui/use-change";
import { giveSettings } from "@/contract/given-settings";
import type { PlanConfig, PlanStep } from "@/contract/plan";
import type { PlanChange } from "@/contract/plan-change";
import { createPlan } from "./actions";
import { texts } from "./texts";
import { useOpenPlan } from "./use-create-plan";

/** The settings that a module of the plan will have. Others are another plan, so that what is shown is what is applied. */
export function SettingsGiven(props: {
  plan: string;
  changes: PlanChange[];
  step: Pick<PlanStep, "module" | "action" | "title" | "to">;
  config: PlanConfig;
}) {
  const { config, step } = props;
  const [fields] = useState(() => readFields(config.schema, config.values));
  const [initial] = useState(() => toConfig(fields, toDraft(fields, config.values)).config);
  const [draft, setDraft] = useState(() => toDraft(fields, config.values));
  const [unread, setUnread] = useState<Record<string, string>>({});
  const open = useOpenPlan({ replace: true });
  const change = useChange((changes: PlanChange[]) => createPlan({ changes, from: props.plan }), {
    problems: "inline",
    refresh: false,
    onDone: ({ id }) => open(id),
  });
  const read = toConfig(fields, draft);
  // A control that nobody touched sets nothing, unless it is what was missing.
  const patch = toPatch(
    config.missing.reduce((values, { key }) => without(values, key.split(".")), initial),
    read.config,
  );
  const isChanged = Object.keys(patch).length > 0 || Object.keys(read.errors).length > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (change.pending) return;
    // What is only required with something else, the host says.
    const missing = config.missing.filter(
      ({ key }) => isRequired(fields, key.split(".")) && valueAt(read.config, key) === undefined,
    );
    const errors = {
      ...Object.fromEntries(missing.map(({ key, problem }) => [key, problem])),
      ...read.errors,
    };
    setUnread(errors);
    if (Object.keys(errors).length === 0) void change.run(giveSettings(props.changes, step, patch));
  }
  return (
    <form
      aria-label={texts.settingsOf(step.title)}
      className="grid max-w-xl gap-6"
      onSubmit={submit}
      onInput={change.onInput}
      noValidate
    >
      {change.problem === null ? null : (
        <Notice tone="danger" live title={change.problem.detail}>
          {change.problem.hint}
        </Notice>
      )}
      <SchemaFields
        fields={fields}
        draft={draft}
        errors={{ ...change.fields, ...unread }}
        onChange={(value) => {
          setUnread({});
          setDraft(value);
        }}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          type="submit"
          variant={config.missing.length > 0 ? "primary" : "outline"}
          disabled={!isChanged && config.missing.length === 0}
          pending={change.pending}
        >
          {texts.useSettings}
        </Button>
        <p className="text-xs text-muted-foreground">{texts.useSettingsNote}</p>
      </div>
    </form>
  );
}

function isRequired(fields: FormField[], [key, ...rest]: string[]): boolean {
  const field = fields.find((one) => one.key === key);
  if (!field) return false;
  return rest.length > 0 && field.kind === "group" ? isRequired(field.fields, rest) : field.required;
}

function without(values: Values, [key = "", ...rest]: string[]): Values {
  const { [key]: held, ...others } = values;
  if (rest.length === 0 || typeof held !== "object" || held === null) return others;
  return { ...others, [key]: without(held as Values, rest) };
}

function valueAt(values: Record<string, unknown>, key: string): unknown {
  return key
    .split(".")
    .reduce<unknown>((found, part) => (found as Record<string, unknown> | undefined)?.[part], values);
}
