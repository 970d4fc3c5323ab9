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
import type { ActionResult } from "@/lib/problem";

type Days = 30 | 90 | 365 | null;
export type CreateToken = (input: {
  name: string;
  days: Days;
}) => Promise<ActionResult<{ name: string; secret: string }>>;

const lifetimes: { label: string; days: Days }[] = [
  { label: "30 days", days: 30 },
  { label: "90 days", days: 90 },
  { label: "One year", days: 365 },
  { label: "Does not expire", days: null },
];

export function CreateTokenButton({ create }: { create: CreateToken }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">Create token</Button>
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
      title="Create an API token"
      description="Name it after what will use it, so that you know what to revoke."
      change={change}
      submit="Create token"
      onSubmit={() => void change.run({ name, days })}
    >
      <Field label="Name" error={change.fields.name}>
        <Input
          name="name"
          value={name}
          placeholder="Nightly import"
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label="Valid for">
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
        <DialogTitle>{name} is created</DialogTitle>
        <DialogDescription>Copy the token now: it is not shown again.</DialogDescription>
      </DialogHeader>
      <CopyField name="Token" value={secret} />
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogFooter>
    </div>
  );
}
