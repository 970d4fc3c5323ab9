"use client";

import { useState } from "react";
import type { FlagDefinition, FlagView } from "@/contract/flags";
import { type Rule, readRules, writeRules } from "@/sdk/flags/rules";
import { texts } from "./texts.ts";

export interface DraftRule {
  id: number;
  rule: Rule;
}

export interface Draft {
  definition: FlagDefinition;
  description: string;
  /** Null: the targeting says what rules cannot, so it is edited as JSON. */
  rules: DraftRule[] | null;
  dirty: boolean;
  setDefinition(definition: FlagDefinition): void;
  setRules(rules: DraftRule[]): void;
  addRule(): void;
  setDescription(text: string): void;
  reset(): void;
}

let nextId = 0;

function number(rules: Rule[] | null): DraftRule[] | null {
  return rules?.map((rule) => ({ id: nextId++, rule })) ?? null;
}

/** The flag as it stands in the editor; what was saved elsewhere meanwhile replaces a draft without changes. */
export function useDraft(flag: FlagView): Draft {
  const [base, setBase] = useState(flag);
  const [definition, setDefinition] = useState(flag.definition);
  const [description, setDescription] = useState(flag.description);
  const [rules, setRules] = useState(() => number(readRules(flag.definition.targeting)));
  const dirty = !same(definition, base.definition) || description !== base.description;

  function start(from: FlagView) {
    setBase(from);
    setDefinition(from.definition);
    setDescription(from.description);
    setRules(number(readRules(from.definition.targeting)));
  }
  const moved = flag.updatedAt !== base.updatedAt || !same(flag.definition, base.definition);
  if (moved && (!dirty || same(definition, flag.definition))) start(flag);

  function changeRules(changed: DraftRule[]) {
    const { targeting: _, ...rest } = definition;
    const targeting = writeRules(changed.map(({ rule }) => rule)) as FlagDefinition["targeting"];
    setRules(changed);
    setDefinition(targeting === undefined ? rest : { ...rest, targeting });
  }
  return {
    definition,
    description,
    rules,
    dirty,
    setDefinition(changed) {
      if (!same(changed.targeting, definition.targeting)) setRules(number(readRules(changed.targeting)));
      setDefinition(changed);
    },
    setRules: changeRules,
    addRule() {
      const names = Object.keys(definition.variants);
      const variant = names.find((name) => name !== definition.defaultVariant) ?? names[0] ?? null;
      const rule: Rule = {
        conditions: [{ kind: "groups", groups: [] }],
        outcome: { kind: "variant", variant },
      };
      changeRules([...(rules ?? []), { id: nextId++, rule }]);
    },
    setDescription,
    reset: () => start(flag),
  };
}

/** The first thing that keeps the rules from being saved. */
export function findGap(rules: DraftRule[] | null): string | null {
  for (const [i, { rule }] of (rules ?? []).entries()) {
    for (const condition of rule.conditions) {
      if (condition.kind === "groups" && condition.groups.length === 0) return texts.gapGroup(i + 1);
      if (condition.kind === "users" && condition.users.length === 0) return texts.gapUser(i + 1);
      if (condition.kind === "flag" && (condition.flag === "" || condition.variants.length === 0))
        return texts.gapFlag(i + 1);
      if (condition.kind !== "attribute") continue;
      const { name, value } = condition;
      if (name.trim() === "" || value === "" || (Array.isArray(value) && value.length === 0)) {
        return texts.gapAttribute(i + 1);
      }
    }
  }
  return null;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
