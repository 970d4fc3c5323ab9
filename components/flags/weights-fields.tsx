"use client";

import { useState } from "react";
import { Input } from "@/components/ui/input";
import { reweigh, totalsOf } from "@/sdk/flags/reweigh";
import type { Weights } from "@/sdk/flags/rules";
import { texts } from "./texts.ts";

/** A share in percent for each variant; the last takes what the others leave, so that they always make 100. */
export function WeightsFields(props: {
  label: string;
  variants: string[];
  value: Weights;
  words?: Record<string, string> | undefined;
  /** Where users stand whom a change shall leave what they have; else where they stood when this was opened. */
  from?: Weights | undefined;
  onChange: (weights: Weights) => void;
}) {
  const [opened] = useState(props.value);
  const from = fill(props.from ?? opened, props.variants);
  const weights = totalsOf(fill(props.value, props.variants));
  const last = weights.at(-1);
  function set(variant: string, text: string) {
    const wanted = Math.min(100, Math.max(0, Math.floor(Number(text)) || 0));
    const others = weights.slice(0, -1).filter((one) => one.variant !== variant);
    const room = 100 - others.reduce((sum, { weight }) => sum + weight, 0);
    const changed = weights.map((one) =>
      one.variant === variant ? { variant, weight: Math.min(wanted, room) } : one,
    );
    const given = changed.slice(0, -1).reduce((sum, { weight }) => sum + weight, 0);
    const shares = changed.map((one, i) =>
      i === changed.length - 1 ? { ...one, weight: 100 - given } : one,
    );
    props.onChange(keeping(from, shares));
  }
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <legend className="sr-only">{props.label}</legend>
      {weights.map(({ variant, weight }) => (
        <span key={variant} className="flex items-center gap-2">
          {props.words === undefined ? (
            <span className="max-w-32 truncate font-mono text-xs">{variant}</span>
          ) : (
            <span>{props.words[variant] ?? variant}</span>
          )}
          {variant === last?.variant ? (
            <output className="tabular-nums">{weight} %</output>
          ) : (
            <>
              <Input
                type="number"
                inputMode="numeric"
                min={0}
                max={100}
                value={weight}
                aria-label={texts.percentOf(props.label, props.words?.[variant] ?? variant)}
                className="w-20"
                onChange={(event) => set(variant, event.target.value)}
              />
              %
            </>
          )}
        </span>
      ))}
    </fieldset>
  );
}

/** These shares, at the cost of nobody in `from` who need not change. */
export function keeping(from: Weights, wanted: Weights): Weights {
  const sum = (weights: Weights) => weights.reduce((all, { weight }) => all + weight, 0);
  return sum(from) === sum(wanted) ? reweigh(from, wanted) : wanted;
}

/** Every variant, those with a share in the order that keeps users where they are; as whole percents. */
export function fill(weights: Weights, variants: string[]): Weights {
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const known = weights
    .filter(({ variant }) => variants.includes(variant))
    .map(({ variant, weight }) => ({
      variant,
      weight: total === 100 || total === 0 ? weight : Math.round((weight / total) * 100),
    }));
  const missing = variants
    .filter((variant) => !known.some((one) => one.variant === variant))
    .map((variant) => ({ variant, weight: 0 }));
  // The last takes what the others leave, and goes on to.
  return [...known.slice(0, -1), ...missing, ...known.slice(-1)];
}

/** What a new split starts with: a tenth of the users get something other than the default. */
export function startWeights(variants: string[], defaultVariant: string | null): Weights {
  const fallback = defaultVariant ?? variants.at(-1) ?? "";
  const others = variants.filter((variant) => variant !== fallback);
  return [
    ...others.map((variant, i) => ({ variant, weight: i === 0 ? 10 : 0 })),
    { variant: fallback, weight: others.length > 0 ? 90 : 100 },
  ];
}
