"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
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
import { useChange } from "@/components/ui/use-change";
import type { GroupChoice, NewUserInput } from "@/contract/people";
import type { ActionResult } from "@/lib/problem";
import { GroupPicker } from "./group-picker.tsx";
import { RoleField } from "./role-field.tsx";
import { type IssuedLink, SecretLink } from "./secret-link.tsx";
import { texts } from "./texts.ts";

interface InviteProps {
  groups: GroupChoice[];
  invite: (input: NewUserInput) => Promise<ActionResult<IssuedLink>>;
}

export function InviteButton({ children, ...props }: InviteProps & { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">{children}</Button>
      </DialogTrigger>
      <DialogContent>
        <InviteForm {...props} />
      </DialogContent>
    </Dialog>
  );
}

function InviteForm({ groups, invite }: InviteProps) {
  const [input, setInput] = useState<NewUserInput>({ name: "", email: "", role: "member", groups: [] });
  const [issued, setIssued] = useState<IssuedLink | null>(null);
  const change = useChange(invite, { problems: "inline", onDone: setIssued });
  if (issued !== null) return <Invited issued={issued} onAnother={() => setIssued(null)} />;

  async function submit() {
    const done = await change.run(input);
    if (done !== null) setInput({ ...input, name: "", email: "" });
  }

  return (
    <DialogForm
      title={texts.inviteSomeone}
      description={texts.inviteExplained}
      change={change}
      submit={texts.createInvitation}
      onSubmit={submit}
    >
      <Field label={texts.name} error={change.fields.name}>
        <Input
          name="name"
          value={input.name}
          autoComplete="off"
          onChange={(e) => setInput({ ...input, name: e.target.value })}
        />
      </Field>
      <Field label={texts.email} error={change.fields.email}>
        <Input
          name="email"
          type="email"
          value={input.email}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(e) => setInput({ ...input, email: e.target.value })}
        />
      </Field>
      <RoleField
        value={input.role}
        onChange={(role) => setInput({ ...input, role })}
        error={change.fields.role}
      />
      <GroupPicker
        groups={groups}
        value={input.groups}
        onChange={(keys) => setInput({ ...input, groups: keys })}
      />
    </DialogForm>
  );
}

function Invited({ issued, onAnother }: { issued: IssuedLink; onAnother: () => void }) {
  return (
    <div className="grid gap-4">
      <DialogHeader>
        <DialogTitle>{texts.invitedNamed(issued.name)}</DialogTitle>
        <DialogDescription>{texts.sendLinkTo(issued.email)}</DialogDescription>
      </DialogHeader>
      <SecretLink issued={issued} />
      <DialogFooter>
        <Button onClick={onAnother}>{texts.inviteAnother}</Button>
        <DialogClose asChild>
          <Button variant="primary">{texts.done}</Button>
        </DialogClose>
      </DialogFooter>
    </div>
  );
}
