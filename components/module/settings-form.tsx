"use client";

import { type FormEvent, useState } from "react";
import { toConfig, toDraft } from "@/components/schema-form/draft";
import { maskedSecret, readFields, type Values } from "@/components/schema-form/read-schema";
import { SchemaFields } from "@/components/schema-form/schema-fields";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { toastSuccess, toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { ActionResult } from "@/lib/problem";
import { texts } from "./texts";

interface SettingsFormProps {
  module: string;
  title: string;
  schema: unknown;
  /** As stored; secrets masked. */
  config: Values;
  hasProcess: boolean;
  readOnly: boolean;
  save(input: { module: string; config: Values }): Promise<ActionResult<void>>;
}

/** A module's settings, by the schema in its manifest. */
export function SettingsForm(props: SettingsFormProps) {
  const { module, title, config } = props;
  const [fields] = useState(() => readFields(props.schema, config));
  const [draft, setDraft] = useState(() => toDraft(fields, config));
  const [unread, setUnread] = useState<Record<string, string>>({});
  const undo = useChange((previous: Values) => props.save({ module, config: previous }), {
    onDone: () => toastSuccess(texts.settingsRestored(title)),
  });
  const change = useChange((next: Values) => props.save({ module, config: next }), {
    problems: "inline",
    onDone: (_, saved) => {
      const message = texts.settingsSaved(title);
      // A secret that was replaced is stored nowhere any more, so it cannot be undone.
      if (sameSecrets(config, saved)) toastUndo(message, () => undo.run(config));
      else toastSuccess(message);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (change.pending) return;
    const read = toConfig(fields, draft);
    setUnread(read.errors);
    if (Object.keys(read.errors).length === 0) void change.run(read.config);
  }

  return (
    <form className="grid gap-6" onSubmit={submit} onInput={change.onInput} noValidate>
      {change.problem === null ? null : (
        <Notice tone="danger" live title={change.problem.detail}>
          {change.problem.hint}
          <LastWords details={change.problem.details} />
        </Notice>
      )}
      <SchemaFields
        fields={fields}
        draft={draft}
        errors={{ ...change.fields, ...unread }}
        onChange={setDraft}
        disabled={props.readOnly}
      />
      {props.readOnly ? null : (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" variant="primary" pending={change.pending}>
            {texts.saveSettings}
          </Button>
          {props.hasProcess && <p className="text-xs text-muted-foreground">{texts.restartNote(title)}</p>}
        </div>
      )}
    </form>
  );
}

/** What the refused process wrote before it ended. */
function LastWords({ details }: { details: Record<string, unknown> | undefined }) {
  const lines = Array.isArray(details?.log) ? details.log.slice(-5) : [];
  if (lines.length === 0) return null;
  return <pre className="mt-2 overflow-x-auto font-mono text-xs whitespace-pre-wrap">{lines.join("\n")}</pre>;
}

function sameSecrets(before: Values, after: Values): boolean {
  return Object.entries(before).every(([key, value]) => {
    if (value === maskedSecret) return after[key] === maskedSecret;
    // Of a list the server tells which secret goes where; it cannot for one that is gone.
    if (Array.isArray(value)) {
      const [old, now] = [JSON.stringify(value), JSON.stringify(after[key])];
      return !old.includes(maskedSecret) || old === now;
    }
    if (typeof value !== "object" || value === null) return true;
    return sameSecrets(value as Values, (after[key] ?? {}) as Values);
  });
}
