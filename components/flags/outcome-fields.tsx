"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DateTimeInput } from "@/components/ui/date-time-input";
import { Plus, X } from "@/components/ui/icons";
import { NativeSelect } from "@/components/ui/native-select";
import { totalsOf } from "@/sdk/flags/reweigh";
import { heldFrom } from "@/sdk/flags/rollout";
import type { Outcome, Weights } from "@/sdk/flags/rules";
import { waitWords } from "./flag-words.ts";
import { texts } from "./texts.ts";
import { fill, keeping, startWeights, WeightsFields } from "./weights-fields.tsx";

const daySeconds = 86_400;

export function OutcomeFields(props: {
  number: number;
  variants: string[];
  defaultVariant: string | null;
  value: Outcome;
  /** What variants are called for people, where their names do not say it. */
  words?: Record<string, string> | undefined;
  onChange: (outcome: Outcome) => void;
}) {
  const { variants, defaultVariant, value, onChange } = props;
  const chosen = value.kind === "variant" ? `v:${value.variant ?? ""}` : value.kind;
  function choose(text: string) {
    const weights = startWeights(variants, defaultVariant);
    if (text === "split") onChange({ kind: "split", weights });
    else if (text === "rollout") {
      const now = Math.floor(Date.now() / 3_600_000) * 3600;
      const steps = [5, 25, 100].map((share, i) => ({
        at: now + i * 2 * daySeconds,
        weights: weights.map((one, place) => ({
          ...one,
          weight: place === 0 ? share : place === weights.length - 1 ? 100 - share : 0,
        })),
      }));
      onChange({ kind: "rollout", steps });
    } else onChange({ kind: "variant", variant: text.slice(2) || null });
  }
  return (
    <div className="grid gap-3">
      <div className="sm:w-72">
        <NativeSelect
          aria-label={texts.outcomeOf(props.number)}
          value={chosen}
          onChange={(event) => choose(event.target.value)}
        >
          {variants.map((variant) => (
            <option key={variant} value={`v:${variant}`}>
              {props.words?.[variant] ?? variant}
            </option>
          ))}
          {props.words === undefined || chosen === "v:" ? (
            <option value="v:">{texts.theDefault}</option>
          ) : null}
          <option value="split">{texts.splitByPercentage}</option>
          <option value="rollout">{texts.rollOutInSteps}</option>
        </NativeSelect>
      </div>
      {value.kind === "split" ? (
        <WeightsFields
          label={texts.sharesOf(props.number)}
          variants={variants}
          words={props.words}
          value={value.weights}
          onChange={(weights) => onChange({ kind: "split", weights })}
        />
      ) : null}
      {value.kind === "rollout" ? <Steps {...props} value={value} /> : null}
    </div>
  );
}

function Steps(props: {
  number: number;
  variants: string[];
  words?: Record<string, string> | undefined;
  value: Extract<Outcome, { kind: "rollout" }>;
  onChange: (outcome: Outcome) => void;
}) {
  const { steps } = props.value;
  const set = (changed: typeof steps) => props.onChange({ kind: "rollout", steps: changed });
  const last = steps.at(-1);
  const [opened] = useState(steps);
  /** Where users stand before step `i` as it is edited: at the step before, or at what it was itself. */
  const standing = (i: number) => {
    const before = steps[i - 1];
    if (before === undefined || (same(before, opened[i - 1]) && opened[i] !== undefined))
      return opened[i]?.weights;
    return before.weights;
  };
  /** Later steps begin where this one leaves everybody. */
  function weigh(i: number, weights: Weights) {
    const changed = steps.with(i, { ...(steps[i] as Step), weights });
    for (let later = i + 1; later < changed.length; later++) {
      const step = changed[later] as Step;
      const from = fill((changed[later - 1] as Step).weights, props.variants);
      changed[later] = { ...step, weights: keeping(from, totalsOf(fill(step.weights, props.variants))) };
    }
    set(changed);
  }
  return (
    <ol className="grid gap-3 border-l pl-4">
      {steps.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other identity, and its time changes while it is edited
        <li key={i} className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {step.at >= heldFrom ? (
            <span>{texts.onHoldStep(waitWords(step.at - heldFrom))}</span>
          ) : (
            <DateTimeInput
              label={texts.stepFrom(i + 1, props.number)}
              value={step.at}
              onChange={(at) => set(steps.with(i, { ...step, at }))}
            />
          )}
          <WeightsFields
            label={texts.stepOf(i + 1, props.number)}
            variants={props.variants}
            words={props.words}
            value={step.weights}
            from={standing(i)}
            onChange={(weights) => weigh(i, weights)}
          />
          {steps.length > 1 ? (
            <Button
              size="icon-sm"
              variant="ghost"
              aria-label={texts.removeStep(i + 1)}
              onClick={() => set(steps.toSpliced(i, 1))}
            >
              <X aria-hidden />
            </Button>
          ) : null}
        </li>
      ))}
      <li>
        <Button
          size="sm"
          onClick={() =>
            last &&
            set([...steps, { at: last.at + 2 * daySeconds, weights: fill(last.weights, props.variants) }])
          }
        >
          <Plus aria-hidden />
          {texts.addStep}
        </Button>
      </li>
    </ol>
  );
}

type Step = Extract<Outcome, { kind: "rollout" }>["steps"][number];

function same(a: Step, b: Step | undefined): boolean {
  return JSON.stringify(a.weights) === JSON.stringify(b?.weights);
}
