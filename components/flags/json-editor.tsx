"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { FlagDefinition } from "@/contract/flags";
import { texts } from "./texts.ts";

/** The definition as flagd has it. What is no JSON object stays in the field and changes nothing. */
export function JsonEditor(props: {
  definition: FlagDefinition;
  onChange: (definition: FlagDefinition) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? null : readDefinition(typed);
  const current = JSON.stringify(props.definition, null, 2);
  // A change made elsewhere shows, unless the text here says the same or says nothing yet.
  const text =
    typed !== null && (read === null || JSON.stringify(read) === JSON.stringify(props.definition))
      ? typed
      : current;
  return (
    <Field
      label={texts.definition}
      hint={texts.definitionHint}
      error={typed !== null && read === null ? texts.notADefinition : undefined}
    >
      <Textarea
        rows={Math.min(30, Math.max(14, text.split("\n").length + 1))}
        spellCheck={false}
        className="font-mono text-xs leading-5"
        value={text}
        onChange={(event) => {
          setTyped(event.target.value);
          const definition = readDefinition(event.target.value);
          if (definition !== null) props.onChange(definition);
        }}
      />
    </Field>
  );
}

function readDefinition(text: string): FlagDefinition | null {
  try {
    const value = JSON.parse(text) as Partial<FlagDefinition> | null;
    const { state, variants } = value ?? {};
    if (state !== "ENABLED" && state !== "DISABLED") return null;
    return typeof variants === "object" && variants !== null ? (value as FlagDefinition) : null;
  } catch {
    return null;
  }
}
