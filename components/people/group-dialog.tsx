"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { toastSuccess } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { GroupView } from "@/contract/people";
import type { ActionResult } from "@/lib/problem";
import { texts } from "./texts.ts";

type About = { name: string; description: string };

type GroupButtonProps =
  | { group?: undefined; action: (input: About) => Promise<ActionResult<GroupView>> }
  | { group: GroupView; action: (input: About & { key: string }) => Promise<ActionResult<GroupView>> };

/** Creates a group, or with `group` changes its name and description. */
export function GroupButton({ children, ...props }: GroupButtonProps & { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant={props.group === undefined ? "primary" : "outline"}>{children}</Button>
      </DialogTrigger>
      <DialogContent>
        <GroupForm {...props} onClose={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function GroupForm(props: GroupButtonProps & { onClose: () => void }) {
  const router = useRouter();
  const { group, action } = props;
  const [input, setInput] = useState<About>({
    name: group?.name ?? "",
    description: group?.description ?? "",
  });
  const change = useChange(
    (about: About) => (group === undefined ? action(about) : action({ ...about, key: group.key })),
    {
      problems: "inline",
      onDone: (saved) => {
        props.onClose();
        if (group !== undefined) return toastSuccess(texts.changesSaved(saved.name));
        toastSuccess(texts.groupCreated(saved.name));
        router.push(`/admin/groups/${saved.key}`);
      },
    },
  );
  return (
    <DialogForm
      title={group === undefined ? texts.createAGroup : texts.editNamed(group.name)}
      description={group === undefined ? texts.groupKeyExplained : texts.groupKeyStays(group.key)}
      change={change}
      submit={group === undefined ? texts.createGroup : texts.save}
      onSubmit={() => void change.run(input)}
    >
      <Field label={texts.name} error={change.fields.name ?? change.fields.key}>
        <Input
          name="name"
          value={input.name}
          autoComplete="off"
          onChange={(e) => setInput({ ...input, name: e.target.value })}
        />
      </Field>
      <Field label={texts.description} optional error={change.fields.description}>
        <Textarea
          name="description"
          rows={2}
          value={input.description}
          onChange={(e) => setInput({ ...input, description: e.target.value })}
        />
      </Field>
    </DialogForm>
  );
}
