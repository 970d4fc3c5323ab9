"use client";

import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { GroupChoice, UserChangeInput, UserView } from "@/contract/people";
import type { ActionResult } from "@/lib/problem";
import { GroupPicker } from "./group-picker.tsx";
import { RoleField } from "./role-field.tsx";
import { texts } from "./texts.ts";

export function UserDialog(props: {
  user: UserView;
  groups: GroupChoice[];
  isViewer: boolean;
  update: (input: UserChangeInput) => Promise<ActionResult<UserView>>;
  onClose: () => void;
}) {
  const { id, name, role, groups } = props.user;
  const before: UserChangeInput = { id, name, role, groups };
  const [input, setInput] = useState(before);
  const undo = useChange(props.update);
  const change = useChange(props.update, {
    problems: "inline",
    onDone: () => {
      props.onClose();
      toastUndo(texts.changesSaved(input.name), () => undo.run(before));
    },
  });
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : props.onClose())}>
      <DialogContent>
        <DialogForm
          title={texts.editNamed(props.user.name)}
          description={props.user.email}
          change={change}
          submit={texts.save}
          onSubmit={() => void change.run(input)}
        >
          <Field label={texts.name} error={change.fields.name}>
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
        </DialogForm>
      </DialogContent>
    </Dialog>
  );
}
