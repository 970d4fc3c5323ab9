"use client";

import { X } from "@/components/ui/icons";
import { NativeSelect } from "@/components/ui/native-select";
import type { Condition } from "@/sdk/flags/rules";
import { texts } from "./texts.ts";

/** Another flag that rules may require. */
export interface FlagChoice {
  key: string;
  variants: string[];
}

export interface ConditionProps<Kind extends Condition["kind"]> {
  value: Extract<Condition, { kind: Kind }>;
  onChange: (condition: Condition) => void;
}

export function NotSelect(props: {
  label: string;
  words: [string, string];
  not: boolean;
  onChange: (not: boolean) => void;
}) {
  return (
    <NativeSelect
      aria-label={props.label}
      value={props.not ? "not" : ""}
      className="w-40"
      onChange={(event) => props.onChange(event.target.value === "not")}
    >
      <option value="">{props.words[0]}</option>
      <option value="not">{props.words[1]}</option>
    </NativeSelect>
  );
}

export function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <span className="inline-flex h-7 items-center gap-1 rounded-md border bg-muted pr-1 pl-2 pointer-coarse:h-9">
      <span className="max-w-48 truncate">{label}</span>
      <button
        type="button"
        aria-label={texts.removeNamed(label)}
        className="grid size-5 place-items-center rounded-sm text-muted-foreground hover:bg-accent hover:text-foreground pointer-coarse:size-8"
        onClick={onRemove}
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  );
}

export function withNot<C extends Extract<Condition, { not?: boolean }>>(condition: C, not: boolean): C {
  const { not: _, ...rest } = condition;
  return (not ? { ...rest, not } : rest) as C;
}
