"use client";

import { Button } from "@/components/ui/button";
import { ArrowDown, ArrowUp, Trash, X } from "@/components/ui/icons";
import { NativeSelect } from "@/components/ui/native-select";
import type { GroupChoice } from "@/contract/people";
import type { Condition, Rule } from "@/sdk/flags/rules";
import { ConditionFields } from "./condition-fields.tsx";
import type { FlagChoice } from "./condition-parts.tsx";
import { OutcomeFields } from "./outcome-fields.tsx";
import { texts } from "./texts.ts";

export interface RuleCardProps {
  number: number;
  count: number;
  rule: Rule;
  variants: string[];
  defaultVariant: string | null;
  groups: GroupChoice[];
  flags: FlagChoice[];
  /** What variants are called for people, where their names do not say it. */
  words?: Record<string, string>;
  names: Record<string, string>;
  onName: (id: string, name: string) => void;
  onChange: (rule: Rule) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

export function RuleCard(props: RuleCardProps) {
  const { number, rule, onChange } = props;
  const { conditions } = rule;
  const set = (changed: Condition[]) => onChange({ ...rule, conditions: changed });
  return (
    <li className="grid gap-3 rounded-lg border bg-card p-4">
      <div className="flex items-center justify-between gap-2">
        <h3 className="font-medium">{texts.ruleNumber(number)}</h3>
        <div className="flex gap-1">
          <Button
            size="icon-sm"
            variant="ghost"
            aria-label={texts.moveRuleUp(number)}
            disabled={number === 1}
            onClick={() => props.onMove(-1)}
          >
            <ArrowUp aria-hidden />
          </Button>
          <Button
            size="icon-sm"
            variant="ghost"
            aria-label={texts.moveRuleDown(number)}
            disabled={number === props.count}
            onClick={() => props.onMove(1)}
          >
            <ArrowDown aria-hidden />
          </Button>
          <Button
            size="icon-sm"
            variant="ghost"
            aria-label={texts.removeRule(number)}
            onClick={props.onRemove}
          >
            <Trash aria-hidden />
          </Button>
        </div>
      </div>
      <div className="grid gap-2">
        {conditions.length === 0 ? <p className="text-muted-foreground">{texts.forEveryone}</p> : null}
        {conditions.map((condition, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity of their own
          <div key={i} className="flex items-start justify-between gap-2">
            <div className="flex flex-wrap items-center gap-2">
              {i === 0 ? null : <span className="text-muted-foreground">{texts.and}</span>}
              <ConditionFields
                value={condition}
                groups={props.groups}
                flags={props.flags}
                names={props.names}
                onName={props.onName}
                onChange={(changed) => set(conditions.with(i, changed))}
              />
            </div>
            <Button
              size="icon-sm"
              variant="ghost"
              aria-label={texts.removeCondition(i + 1, number)}
              onClick={() => set(conditions.toSpliced(i, 1))}
            >
              <X aria-hidden />
            </Button>
          </div>
        ))}
        <div className="sm:w-48">
          <NativeSelect
            aria-label={texts.addConditionTo(number)}
            value=""
            onChange={(event) => set([...conditions, startCondition(event.target.value)])}
          >
            <option value="" disabled>
              {texts.addCondition}
            </option>
            <option value="groups">{texts.group}</option>
            <option value="users">{texts.user}</option>
            <option value="attribute">{texts.attribute}</option>
            <option value="after">{texts.fromDate}</option>
            <option value="before">{texts.untilDate}</option>
            {props.flags.length === 0 ? null : <option value="flag">{texts.anotherFlag}</option>}
          </NativeSelect>
        </div>
      </div>
      <div className="grid gap-2 border-t pt-3">
        <p className="text-xs font-medium text-muted-foreground">{texts.gets}</p>
        <OutcomeFields
          number={number}
          variants={props.variants}
          defaultVariant={props.defaultVariant}
          words={props.words}
          value={rule.outcome}
          onChange={(outcome) => onChange({ ...rule, outcome })}
        />
      </div>
    </li>
  );
}

function startCondition(kind: string): Condition {
  if (kind === "groups") return { kind, groups: [] };
  if (kind === "users") return { kind, users: [] };
  if (kind === "attribute") return { kind, name: "email", operator: "ends_with", value: "" };
  if (kind === "flag") return { kind, flag: "", variants: [] };
  const at = Math.floor(Date.now() / 3_600_000) * 3600;
  return kind === "after" ? { kind, at } : { kind: "before", at: at + 7 * 86_400 };
}
