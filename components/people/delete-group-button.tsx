"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Trash } from "@/components/ui/icons";
import { toastSuccess } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { GroupView } from "@/contract/people";
import type { ActionResult } from "@/lib/problem";
import { texts } from "./texts.ts";

export function DeleteGroupButton(props: {
  group: GroupView;
  /** Modules, widgets, flags and layouts that name the group. */
  naming: string[];
  remove: (input: { key: string; typed: string }) => Promise<ActionResult<void>>;
}) {
  const { group, naming } = props;
  const router = useRouter();
  const change = useChange(props.remove, {
    refresh: false,
    onDone: () => {
      toastSuccess(texts.groupDeleted(group.name));
      router.push("/admin/groups");
    },
  });
  return (
    <ConfirmDialog
      trigger={
        <Button>
          <Trash aria-hidden />
          {texts.delete}
        </Button>
      }
      title={texts.deleteNamedQuestion(group.name)}
      description={
        <div className="grid gap-2">
          <p>{texts.deleteGroupMembers(group.members)}</p>
          {naming.length === 0 ? null : (
            <>
              <p>{texts.deleteGroupNaming}</p>
              <ul className="max-h-48 list-disc overflow-y-auto pl-5 font-mono text-xs leading-5">
                {naming.map((name) => (
                  <li key={name}>{name}</li>
                ))}
              </ul>
            </>
          )}
        </div>
      }
      typed={group.key}
      confirmLabel={texts.deleteNamed(group.name)}
      onConfirm={async () => (await change.run({ key: group.key, typed: group.key })) !== null}
    />
  );
}
