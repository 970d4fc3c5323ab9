"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toastUndo } from "@/components/ui/toast";
import type { Role, UserView } from "@/lib/people";
import type { ActionResult } from "@/lib/problem";
import { GroupPicker } from "./group-picker.tsx";
import { RoleField } from "./role-field.tsx";
import { useChange } from "./use-change.ts";
import type { GroupChoice } from "./user-filters.tsx";

interface Edit {
  id: string;
  name: string;
  role: Role;
  groups: string[];
}

export function UserDialog(props: {
  user: UserView;
  groups: GroupChoice[];
  isViewer: boolean;
  update: (input: Edit) => Promise<ActionResult<UserView>>;
  onClose: () => void;
}) {
  const { id, name, role, groups } = props.user;
  const before: Edit = { id, name, role, groups };
  const [input, setInput] = useState(before);
  const undo = useChange(props.update);
  const change = useChange(props.update, {
    problems: "inline",
    onDone: () => {
      props.onClose();
      toastUndo(`${input.name} is changed.`, () => undo.run(before));
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!change.pending) void change.run(input);
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : props.onClose())}>
      <DialogContent>
        <form className="grid gap-4" onSubmit={submit} onInput={change.onInput} noValidate>
          <DialogHeader>
            <DialogTitle>Edit {props.user.name}</DialogTitle>
            <DialogDescription>{props.user.email}</DialogDescription>
          </DialogHeader>
          {change.problem === null ? null : (
            <Notice tone="danger" live title={change.problem.detail}>
              {change.problem.hint}
            </Notice>
          )}
          <Field label="Name" error={change.fields.name}>
            <Input
              name="name"
              value={input.name}
              autoComplete="off"
              onChange={(e) => setInput({ ...input, name: e.target.value })}
            />
          </Field>
          <RoleField
            value={input.role}
            disabled={props.isViewer}
            onChange={(next) => setInput({ ...input, role: next })}
            error={change.fields.role}
          />
          <GroupPicker
            groups={props.groups}
            value={input.groups}
            onChange={(keys) => setInput({ ...input, groups: keys })}
          />
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" pending={change.pending}>
              Save
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
