"use client";

import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { X } from "@/components/ui/icons";
import { Section } from "@/components/ui/section";
import { toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { GroupView, UserView } from "@/contract/people";
import type { ActionResult } from "@/lib/problem";
import { AddMember } from "./add-member.tsx";
import { texts } from "./texts.ts";
import { UserStatus } from "./user-status.tsx";

type MemberAction = (input: { key: string; userId: string }) => Promise<ActionResult<UserView>>;

export function GroupMembers(props: {
  group: GroupView;
  members: UserView[];
  add: MemberAction;
  remove: MemberAction;
}) {
  const { group, members } = props;
  const add = useChange(props.add);
  const remove = useChange(props.remove, {
    onDone: (user) =>
      toastUndo(texts.memberRemoved(user.name, group.name), () =>
        add.run({ key: group.key, userId: user.id }),
      ),
  });
  return (
    <Section
      title={texts.members}
      description={texts.peopleCount(members.length)}
      actions={
        <AddMember
          memberIds={members.map((member) => member.id)}
          pending={add.pending}
          onAdd={(userId) => add.run({ key: group.key, userId })}
        />
      }
    >
      {members.length === 0 ? (
        <EmptyState title={texts.noMembers} className="py-8">
          {texts.noMembersHint}
        </EmptyState>
      ) : (
        <ul className="grid">
          {members.map((member) => (
            <li key={member.id} className="flex min-h-12 items-center gap-3 border-b py-1.5 last:border-0">
              <Avatar name={member.name} />
              <span className="grid min-w-0 flex-1">
                <span className="truncate font-medium">{member.name}</span>
                <span className="truncate text-xs text-muted-foreground">{member.email}</span>
              </span>
              {member.status === "active" ? null : <UserStatus status={member.status} />}
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={texts.removeMember(member.name, group.name)}
                title={texts.removeFromGroup}
                onClick={() => remove.run({ key: group.key, userId: member.id })}
              >
                <X aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
