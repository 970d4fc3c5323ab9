"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Plus } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { toastSuccess } from "@/components/ui/toast";
import type { FlagView } from "@/contract/flags";
import type { GroupChoice } from "@/contract/people";
import { unwrap } from "@/lib/problem";
import { changeFlagRollout, explainFlag, previewFlag, saveFlag } from "./actions";
import type { FlagChoice } from "./condition-parts.tsx";
import { ExplainUser } from "./explain-user.tsx";
import { JsonEditor } from "./json-editor.tsx";
import { ReviewChange } from "./review-change.tsx";
import { RolloutControl } from "./rollout-control.tsx";
import { RuleCard } from "./rule-card.tsx";
import { texts } from "./texts.ts";
import { type Draft, findGap, useDraft } from "./use-draft.ts";
import { VariantFields } from "./variant-fields.tsx";

/** Rules in order or raw JSON; nothing counts before it was reviewed and saved. */
export function FlagEditor(props: {
  flag: FlagView;
  groups: GroupChoice[];
  flags: FlagChoice[];
  names: Record<string, string>;
  /** Seconds since 1970. */
  now: number;
}) {
  const { flag } = props;
  const draft = useDraft(flag);
  const [names, setNames] = useState(props.names);
  const gap = findGap(draft.rules);
  return (
    <div className="grid gap-8">
      <RolloutControl
        name={flag.key}
        target={flag.key}
        targeting={flag.definition.targeting}
        now={props.now}
        disabled={draft.dirty}
        change={changeFlagRollout}
      />
      <Tabs defaultValue="rules">
        <TabsList>
          <TabsTrigger value="rules">{texts.rules}</TabsTrigger>
          <TabsTrigger value="json">{texts.json}</TabsTrigger>
        </TabsList>
        <TabsContent value="rules" className="grid gap-8 pt-4">
          <Rules
            draft={draft}
            groups={props.groups}
            flags={props.flags}
            names={names}
            onName={(id, name) => setNames({ ...names, [id]: name })}
          />
          <Section title={texts.variants}>
            <VariantFields
              type={flag.type}
              variants={draft.definition.variants}
              defaultVariant={draft.definition.defaultVariant ?? null}
              onVariants={(variants) => draft.setDefinition({ ...draft.definition, variants })}
              onDefault={(defaultVariant) => draft.setDefinition({ ...draft.definition, defaultVariant })}
            />
          </Section>
          <Field label={texts.description} optional>
            <Input value={draft.description} onChange={(event) => draft.setDescription(event.target.value)} />
          </Field>
        </TabsContent>
        <TabsContent value="json" className="pt-4">
          <JsonEditor definition={draft.definition} onChange={draft.setDefinition} />
        </TabsContent>
      </Tabs>
      {draft.dirty ? (
        <div className="sticky bottom-3 z-10 flex flex-wrap items-center justify-between gap-3 rounded-lg border bg-popover px-4 py-3 shadow-lg">
          <p role="status" className="text-muted-foreground">
            {gap ?? texts.notSaved}
          </p>
          <div className="flex gap-2">
            <Button onClick={draft.reset}>{texts.discard}</Button>
            <ReviewChange
              label={texts.review}
              disabled={gap !== null}
              title={texts.saveNamed(flag.key)}
              description={texts.saveExplained}
              confirm={texts.save}
              preview={() => unwrap(previewFlag({ key: flag.key, definition: draft.definition }))}
              run={() =>
                unwrap(
                  saveFlag({
                    key: flag.key,
                    definition: draft.definition,
                    description: draft.description,
                  }),
                )
              }
              onDone={() => toastSuccess(texts.saved(flag.key))}
            />
          </div>
        </div>
      ) : null}
      <ExplainUser
        subject={draft.definition}
        description={draft.dirty ? texts.explainDraft : texts.explainSaved}
        explain={(userId) => explainFlag({ key: flag.key, userId, definition: draft.definition })}
      />
    </div>
  );
}

function Rules(props: {
  draft: Draft;
  groups: GroupChoice[];
  flags: FlagChoice[];
  names: Record<string, string>;
  onName: (id: string, name: string) => void;
}) {
  const { draft } = props;
  const { rules } = draft;
  const fallback = draft.definition.defaultVariant ?? texts.valueInCode;
  const given = <span className="font-mono text-xs text-foreground">{fallback}</span>;
  return (
    <Section
      title={texts.rules}
      description={texts.rulesExplained}
      actions={
        rules === null ? null : (
          <Button size="sm" onClick={draft.addRule}>
            <Plus aria-hidden />
            {texts.addRule}
          </Button>
        )
      }
    >
      {rules === null ? (
        <Notice title={texts.tooComplex}>{texts.tooComplexHint}</Notice>
      ) : (
        <ol className="grid gap-3">
          {rules.map(({ id, rule }, i) => (
            <RuleCard
              key={id}
              number={i + 1}
              count={rules.length}
              rule={rule}
              variants={Object.keys(draft.definition.variants)}
              defaultVariant={draft.definition.defaultVariant ?? null}
              groups={props.groups}
              flags={props.flags}
              names={props.names}
              onName={props.onName}
              onChange={(changed) => draft.setRules(rules.with(i, { id, rule: changed }))}
              onRemove={() => draft.setRules(rules.toSpliced(i, 1))}
              onMove={(by) => draft.setRules(rules.toSpliced(i, 1).toSpliced(i + by, 0, { id, rule }))}
            />
          ))}
        </ol>
      )}
      {rules === null ? null : (
        <p className="text-muted-foreground">
          {rules.length === 0 ? texts.everyoneGets(given) : texts.everyoneElseGets(given)}
        </p>
      )}
    </Section>
  );
}
