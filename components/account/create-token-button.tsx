"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { useChange } from "@/components/ui/use-change";
import type { OwnTokenInput } from "@/contract/people";
import type { ActionResult } from "@/lib/problem";
import { texts } from "./texts.ts";

type Days = OwnTokenInput["days"];
export type CreateToken = (input: OwnTokenInput) => Promise<ActionResult<{ name: string; secret: string }>>;

const lifetimes: { label: string; days: Days }[] = [
  { label: texts.days30, days: 30 },
  { label: texts.days90, days: 90 },
  { label: texts.oneYear, days: 365 },
  { label: texts.neverExpires, days: null },
];

export function CreateTokenButton({ create }: { create: CreateToken }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">{texts.createToken}</Button>
      </DialogTrigger>
      <DialogContent>
        <CreateTokenForm create={create} />
      </DialogContent>
    </Dialog>
  );
}

function CreateTokenForm({ create }: { create: CreateToken }) {
  const [name, setName] = useState("");
  const [days, setDays] = useState<Days>(90);
  const [created, setCreated] = useState<{ name: string; secret: string } | null>(null);
  const change = useChange(create, { problems: "inline", onDone: setCreated });
  if (created !== null) return <CreatedToken {...created} />;
  return (
    <DialogForm
      title={texts.createTokenTitle}
      description={texts.createTokenExplained}
      change={change}
      submit={texts.createToken}
      onSubmit={() => void change.run({ name, days })}
    >
      <Field label={texts.name} error={change.fields.name}>
        <Input
          name="name"
          value={name}
          placeholder={texts.tokenNameExample}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label={texts.validFor}>
        <NativeSelect
          value={String(days)}
          onChange={(event) =>
            setDays(lifetimes.find((each) => String(each.days) === event.target.value)?.days ?? null)
          }
        >
          {lifetimes.map((each) => (
            <option key={each.label} value={String(each.days)}>
              {each.label}
            </option>
          ))}
        </NativeSelect>
      </Field>
    </DialogForm>
  );
}

function CreatedToken({ name, secret }: { name: string; secret: string }) {
  return (
    <div className="grid gap-4">
      <DialogHeader>
        <DialogTitle>{texts.tokenCreated(name)}</DialogTitle>
        <DialogDescription>{texts.copyToken}</DialogDescription>
      </DialogHeader>
      <CopyField name="Token" value={secret} />
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">{texts.done}</Button>
        </DialogClose>
      </DialogFooter>
    </div>
  );
}
