"use client";

import { Ban, CircleCheck, Ellipsis, KeyRound, LayoutGrid, Pencil, ScrollText, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toastSuccess, toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { UserView } from "@/contract/people";
import type { Role } from "@/contract/role";
import type { ActionResult } from "@/lib/problem";
import { LinkDialog } from "./link-dialog.tsx";
import type { IssuedLink } from "./secret-link.tsx";
import { UserDialog } from "./user-dialog.tsx";
import type { GroupChoice } from "./user-filters.tsx";

type ById = { id: string };

export interface UserActions {
  updateUser: (
    input: ById & { name: string; role: Role; groups: string[] },
  ) => Promise<ActionResult<UserView>>;
  disableUser: (input: ById) => Promise<ActionResult<UserView>>;
  enableUser: (input: ById) => Promise<ActionResult<UserView>>;
  createPasswordLink: (input: ById) => Promise<ActionResult<IssuedLink>>;
  deleteUser: (input: ById & { email: string }) => Promise<ActionResult<void>>;
}

interface Props {
  user: UserView;
  groups: GroupChoice[];
  /** Nobody locks themselves out here. */
  isViewer: boolean;
  actions: UserActions;
}

export function UserMenu({ user, groups, isViewer, actions }: Props) {
  const [dialog, setDialog] = useState<"edit" | "link" | "delete" | null>(null);
  const enable = useChange(actions.enableUser, {
    onDone: () => toastSuccess(`${user.name} may sign in again.`),
  });
  const disable = useChange(actions.disableUser, {
    onDone: () =>
      toastUndo(`${user.name} is disabled; their sessions and API tokens have ended.`, () =>
        enable.run({ id: user.id }),
      ),
  });
  const remove = useChange(actions.deleteUser, {
    onDone: () => toastSuccess(`${user.name} is deleted.`),
  });
  const trigger = useRef<HTMLButtonElement>(null);
  function close() {
    setDialog(null);
    // The menu item that opened the dialog is gone: the focus goes back to what opened the menu.
    setTimeout(() => trigger.current?.focus());
  }
  const disabled = user.status === "disabled";
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button ref={trigger} variant="ghost" size="icon-sm" aria-label={`Actions for ${user.name}`}>
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setDialog("edit")}>
            <Pencil aria-hidden />
            Edit
          </DropdownMenuItem>
          <DropdownMenuItem disabled={disabled} onSelect={() => setDialog("link")}>
            <KeyRound aria-hidden />
            New password link
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={`/admin/users/${user.id}/home`}>
              <LayoutGrid aria-hidden />
              Their home
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={`/admin/audit?actor=${user.id}`}>
              <ScrollText aria-hidden />
              What they did
            </Link>
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          {disabled ? (
            <DropdownMenuItem onSelect={() => enable.run({ id: user.id })}>
              <CircleCheck aria-hidden />
              Enable
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem disabled={isViewer} onSelect={() => disable.run({ id: user.id })}>
              <Ban aria-hidden />
              Disable
            </DropdownMenuItem>
          )}
          <DropdownMenuItem variant="destructive" disabled={isViewer} onSelect={() => setDialog("delete")}>
            <Trash2 aria-hidden />
            Delete…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {dialog === "edit" ? (
        <UserDialog
          user={user}
          groups={groups}
          isViewer={isViewer}
          update={actions.updateUser}
          onClose={close}
        />
      ) : null}
      {dialog === "link" ? (
        <LinkDialog user={user} create={actions.createPasswordLink} onClose={close} />
      ) : null}
      <ConfirmDialog
        open={dialog === "delete"}
        onOpenChange={(open) => (open ? undefined : close())}
        title={`Delete ${user.name}?`}
        description="Their account, group memberships and API tokens go for good. What they did stays in the audit; what modules keep about them stays with the modules. To keep the account but lock it, disable it instead."
        typed={user.email}
        confirmLabel={`Delete ${user.name}`}
        onConfirm={async () => (await remove.run({ id: user.id, email: user.email })) !== null}
      />
    </>
  );
}
