"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import { Field } from "@/components/ui/field";
import { Plus } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { useChange } from "@/components/ui/use-change";
import type { FlagDefinition, FlagType } from "@/contract/flags";
import { saveFlag } from "./actions";
import { texts } from "./texts.ts";

// Nobody gets anything new from a flag that was just made.
const starts: Record<FlagType, Pick<FlagDefinition, "variants" | "defaultVariant">> = {
  boolean: { variants: { on: true, off: false }, defaultVariant: "off" },
  string: { variants: { a: "a", b: "b" }, defaultVariant: "a" },
  number: { variants: { low: 0, high: 1 }, defaultVariant: "low" },
  object: { variants: { default: {} }, defaultVariant: "default" },
};

export function CreateFlagButton() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden />
          {texts.createFlag}
        </Button>
      </DialogTrigger>
      <DialogContent>
        <CreateFlagForm />
      </DialogContent>
    </Dialog>
  );
}

function CreateFlagForm() {
  const router = useRouter();
  const [key, setKey] = useState("");
  const [description, setDescription] = useState("");
  const [type, setType] = useState<FlagType>("boolean");
  const change = useChange(saveFlag, {
    problems: "inline",
    refresh: false,
    onDone: (flag) => flag && router.push(`/admin/flags/${encodeURIComponent(flag.key)}`),
  });
  function submit() {
    void change.run({ key: key.trim(), description, definition: { state: "ENABLED", ...starts[type] } });
  }
  const error = change.fields[key.trim()] ?? change.fields.key;
  return (
    <DialogForm
      title={texts.createAFlag}
      description={texts.createExplained}
      change={change}
      submit={texts.createFlag}
      disabled={key.trim() === ""}
      onSubmit={submit}
    >
      <Field label={texts.key} hint={texts.keyHint} error={error}>
        <Input
          name="key"
          value={key}
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
          placeholder={texts.keyExample}
          onChange={(event) => setKey(event.target.value)}
        />
      </Field>
      <Field label={texts.type}>
        <NativeSelect value={type} onChange={(event) => setType(event.target.value as FlagType)}>
          <option value="boolean">{texts.typeBoolean}</option>
          <option value="string">{texts.typeString}</option>
          <option value="number">{texts.typeNumber}</option>
          <option value="object">{texts.typeObject}</option>
        </NativeSelect>
      </Field>
      <Field label={texts.description} optional error={change.fields.description}>
        <Input
          name="description"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
    </DialogForm>
  );
}
