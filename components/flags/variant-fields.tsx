"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Plus, X } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import type { FlagDefinition, FlagType } from "@/contract/flags";
import { texts } from "./texts.ts";

type Variants = FlagDefinition["variants"];

/** Values by name, and which of them stands when no rule matches. */
export function VariantFields(props: {
  type: FlagType;
  variants: Variants;
  defaultVariant: string | null;
  onVariants: (variants: Variants) => void;
  onDefault: (variant: string | null) => void;
}) {
  const entries = Object.entries(props.variants);
  const [name, setName] = useState("");
  const taken = Object.hasOwn(props.variants, name.trim());
  function add() {
    const start =
      props.type === "number"
        ? 0
        : props.type === "object"
          ? {}
          : props.type === "boolean"
            ? false
            : name.trim();
    props.onVariants({ ...props.variants, [name.trim()]: start });
    setName("");
  }
  return (
    <div className="grid gap-4">
      <ul className="grid gap-2">
        {entries.map(([variant, value]) => (
          <li key={variant} className="flex items-center gap-2">
            <span className="w-28 truncate font-mono text-xs">{variant}</span>
            <ValueField
              type={props.type}
              label={texts.valueOf(variant)}
              value={value}
              onChange={(changed) => props.onVariants({ ...props.variants, [variant]: changed })}
            />
            <Button
              size="icon-sm"
              variant="ghost"
              aria-label={texts.removeNamed(variant)}
              disabled={entries.length === 1 || variant === props.defaultVariant}
              onClick={() =>
                props.onVariants(Object.fromEntries(entries.filter(([other]) => other !== variant)))
              }
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      {props.type === "boolean" ? null : (
        <form
          className="flex items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== "" && !taken) add();
          }}
        >
          <Input
            aria-label={texts.newVariantName}
            placeholder={texts.newVariant}
            value={name}
            className="w-40 font-mono"
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" size="sm" disabled={name.trim() === "" || taken}>
            <Plus aria-hidden />
            {texts.addVariant}
          </Button>
        </form>
      )}
      <Field label={texts.default} hint={texts.defaultHint} className="sm:w-72">
        <NativeSelect
          value={props.defaultVariant ?? ""}
          onChange={(event) => props.onDefault(event.target.value || null)}
        >
          {entries.map(([variant]) => (
            <option key={variant} value={variant}>
              {variant}
            </option>
          ))}
          <option value="">{texts.valueInCode}</option>
        </NativeSelect>
      </Field>
    </div>
  );
}

function ValueField(props: {
  type: FlagType;
  label: string;
  value: Variants[string];
  onChange: (value: Variants[string]) => void;
}) {
  const [wrong, setWrong] = useState(false);
  if (props.type === "boolean") return <code className="flex-1 text-xs">{String(props.value)}</code>;
  const text = props.type === "object" ? JSON.stringify(props.value) : String(props.value);
  function change(typed: string) {
    const value = readValue(props.type, typed);
    setWrong(value === undefined);
    if (value !== undefined) props.onChange(value);
  }
  return (
    <Input
      aria-label={props.label}
      aria-invalid={wrong || undefined}
      defaultValue={text}
      className={props.type === "string" ? "flex-1" : "flex-1 font-mono"}
      onChange={(event) => change(event.target.value)}
    />
  );
}

function readValue(type: FlagType, typed: string): Variants[string] | undefined {
  if (type === "string") return typed;
  if (type === "number")
    return typed.trim() !== "" && Number.isFinite(Number(typed)) ? Number(typed) : undefined;
  try {
    const value: unknown = JSON.parse(typed);
    return typeof value === "object" && value !== null ? (value as Variants[string]) : undefined;
  } catch {
    return undefined;
  }
}
