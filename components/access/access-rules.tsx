"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { FlagChoice } from "@/components/flags/condition-parts";
import { ReviewChange } from "@/components/flags/review-change";
import { RolloutControl } from "@/components/flags/rollout-control";
import { RuleCard } from "@/components/flags/rule-card";
import { type DraftRule, findGap } from "@/components/flags/use-draft";
import { Button } from "@/components/ui/button";
import { Plus } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { toastProblem, toastUndo } from "@/components/ui/toast";
import type { AccessSetting } from "@/contract/access";
import type { GroupChoice } from "@/contract/people";
import { problemFrom, unwrap } from "@/lib/problem";
import { type Rule, readRules, writeRules } from "@/sdk/flags/rules";
import { accessVariantWords } from "./access-words.ts";
import { changeAccessRollout, previewRules, setAccess } from "./actions";
import { texts } from "./texts.ts";

type RulesSetting = Extract<AccessSetting, { mode: "rules" }>;

/** Rules in order that say who gets a module or widget; nobody else does. Nothing counts before it was reviewed. */
export function AccessRules(props: {
  target: string;
  title: string;
  setting: AccessSetting | null;
  groups: GroupChoice[];
  flags: FlagChoice[];
  names: Record<string, string>;
  /** Seconds since 1970. */
  now: number;
}) {
  const { target, title, setting } = props;
  const router = useRouter();
  const [names, setNames] = useState(props.names);
  const [rules, setRules] = useState(() => number(startRules(setting)));
  const gap = rules === null ? null : findGap(rules);
  const proposed: RulesSetting = {
    mode: "rules",
    targeting: (writeRules(rules?.map(({ rule }) => rule) ?? []) ?? {}) as RulesSetting["targeting"],
  };
  const before = setting?.mode === "rules" ? JSON.stringify(setting.targeting) : null;
  const dirty = JSON.stringify(proposed.targeting) !== before;
  let previous: AccessSetting | null = null;

  async function save() {
    const result = await setAccess({ target, setting: proposed });
    previous = result?.data?.previous ?? null;
    return result;
  }
  function saved() {
    const back = previous;
    router.replace(`/admin/access/${target}`);
    if (back === null) return;
    toastUndo(texts.rulesSaved(title), () => {
      unwrap(setAccess({ target, setting: back })).then(
        () => router.refresh(),
        (error: unknown) => toastProblem(problemFrom(error)),
      );
    });
  }
  const rollout = (
    <RolloutControl
      name={title}
      target={target}
      targeting={setting?.mode === "rules" ? setting.targeting : null}
      now={props.now}
      disabled={rules !== null && dirty}
      words={accessVariantWords}
      change={changeAccessRollout}
    />
  );
  if (rules === null) {
    return (
      <>
        {rollout}
        <Section title={texts.rules}>
          <Notice title={texts.rulesTooComplex}>{texts.rulesTooComplexHint}</Notice>
        </Section>
      </>
    );
  }
  return (
    <>
      {rollout}
      <Section
        title={texts.rules}
        description={texts.rulesExplained}
        actions={
          <Button size="sm" onClick={() => setRules([...rules, { id: nextId++, rule: firstRule([]) }])}>
            <Plus aria-hidden />
            {texts.addRule}
          </Button>
        }
      >
        <ol className="grid gap-3">
          {rules.map(({ id, rule }, i) => (
            <RuleCard
              key={id}
              number={i + 1}
              count={rules.length}
              rule={rule}
              variants={["given", "withheld"]}
              defaultVariant="withheld"
              words={accessVariantWords}
              groups={props.groups}
              flags={props.flags}
              names={names}
              onName={(user, name) => setNames({ ...names, [user]: name })}
              onChange={(changed) => setRules(rules.with(i, { id, rule: changed }))}
              onRemove={() => setRules(rules.toSpliced(i, 1))}
              onMove={(by) => setRules(rules.toSpliced(i, 1).toSpliced(i + by, 0, { id, rule }))}
            />
          ))}
        </ol>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p role="status" className="text-muted-foreground">
            {gap ?? (dirty ? texts.notSaved : texts.inForce)}
          </p>
          <ReviewChange
            label={texts.review}
            disabled={gap !== null || !dirty}
            title={texts.saveAccessTo(title)}
            description={texts.saveExplained}
            confirm={texts.save}
            words={accessVariantWords}
            preview={() => unwrap(previewRules({ target, setting: proposed }))}
            run={() => unwrap(save())}
            onDone={saved}
          />
        </div>
      </Section>
    </>
  );
}

let nextId = 0;

function number(rules: Rule[] | null): DraftRule[] | null {
  return rules?.map((rule) => ({ id: nextId++, rule })) ?? null;
}

/** Rules begin with a tenth of those who have it now: the first step of a roll-out. */
function startRules(setting: AccessSetting | null): Rule[] | null {
  if (setting?.mode === "rules") return readRules(setting.targeting);
  if (setting?.mode === "everyone") return [{ ...firstRule([]), conditions: [] }];
  return [firstRule(setting?.mode === "groups" ? setting.groups : [])];
}

function firstRule(groups: string[]): Rule {
  const weights = [
    { variant: "given", weight: 10 },
    { variant: "withheld", weight: 90 },
  ];
  return { conditions: [{ kind: "groups", groups }], outcome: { kind: "split", weights } };
}
