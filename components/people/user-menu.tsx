"use client";

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
import {
  Ban,
  CircleCheck,
  Ellipsis,
  KeyRound,
  LayoutGrid,
  Pencil,
  ScrollText,
  Trash,
} from "@/components/ui/icons";
import { toastSuccess, toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import type { GroupChoice, UserView } from "@/contract/people";
import type { Role } from "@/contract/role";
import type { ActionResult } from "@/lib/problem";
import { LinkDialog } from "./link-dialog.tsx";
import type { IssuedLink } from "./secret-link.tsx";
import { texts } from "./texts.ts";
import { UserDialog } from "./user-dialog.tsx";

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
    onDone: () => toastSuccess(texts.userEnabled(user.name)),
  });
  const disable = useChange(actions.disableUser, {
    onDone: () => toastUndo(texts.userDisabled(user.name), () => enable.run({ id: user.id })),
  });
  const remove = useChange(actions.deleteUser, {
    onDone: () => toastSuccess(texts.userDeleted(user.name)),
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
          <Button ref={trigger} variant="ghost" size="icon-sm" aria-label={texts.actionsFor(user.name)}>
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setDialog("edit")}>
            <Pencil aria-hidden />
            {texts.edit}
          </DropdownMenuItem>
          <DropdownMenuItem disabled={disabled} onSelect={() => setDialog("link")}>
            <KeyRound aria-hidden />
            {texts.newPasswordLink}
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={`/admin/users/${user.id}/home`}>
              <LayoutGrid aria-hidden />
              {texts.theirHome}
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={`/admin/audit?actor=${user.id}`}>
              <ScrollText aria-hidden />
              {texts.theirAudit}
            </Link>
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          {disabled ? (
            <DropdownMenuItem onSelect={() => enable.run({ id: user.id })}>
              <CircleCheck aria-hidden />
              {texts.enable}
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem disabled={isViewer} onSelect={() => disable.run({ id: user.id })}>
              <Ban aria-hidden />
              {texts.disable}
            </DropdownMenuItem>
          )}
          <DropdownMenuItem variant="destructive" disabled={isViewer} onSelect={() => setDialog("delete")}>
            <Trash aria-hidden />
            {texts.deleteUserMenu}
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
        title={texts.deleteNamedQuestion(user.name)}
        description={texts.deleteUserExplained}
        typed={user.email}
        confirmLabel={texts.deleteNamed(user.name)}
        onConfirm={async () => (await remove.run({ id: user.id, email: user.email })) !== null}
      />
    </>
  );
}
