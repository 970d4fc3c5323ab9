import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { GroupChoice, UserView } from "@/contract/people";
import { roleLabel } from "./role-label.ts";
import { texts } from "./texts.ts";
import { type UserActions, UserMenu } from "./user-menu.tsx";
import { UserStatus } from "./user-status.tsx";

export function UserTable(props: {
  users: UserView[];
  groups: GroupChoice[];
  viewerId: string;
  actions: UserActions;
}) {
  const names = new Map(props.groups.map((group) => [group.key, group.name]));
  return (
    <Table label={texts.users}>
      <TableHeader>
        <TableRow>
          <TableHead>{texts.user}</TableHead>
          <TableHead>{texts.role}</TableHead>
          <TableHead>{texts.groups}</TableHead>
          <TableHead>{texts.status}</TableHead>
          <TableHead>{texts.lastSignIn}</TableHead>
          <TableHead>
            <span className="sr-only">{texts.actions}</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {props.users.map((user) => (
          <TableRow key={user.id} className="relative">
            <TableCell className="max-sm:pr-12!">
              <UserName user={user} you={user.id === props.viewerId} />
            </TableCell>
            <TableCell label={texts.role}>{roleLabel(user.role)}</TableCell>
            <TableCell label={texts.groups}>
              <GroupNames names={user.groups.map((key) => names.get(key) ?? key)} />
            </TableCell>
            <TableCell label={texts.status}>
              <UserStatus status={user.status} />
            </TableCell>
            <TableCell label={texts.lastSignIn} className="text-muted-foreground">
              {user.lastSignInAt === null ? texts.never : <Time value={user.lastSignInAt} />}
            </TableCell>
            <TableCell className="text-right max-sm:absolute! max-sm:top-2 max-sm:right-0">
              <UserMenu
                user={user}
                groups={props.groups}
                isViewer={user.id === props.viewerId}
                actions={props.actions}
              />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function UserName({ user, you }: { user: UserView; you: boolean }) {
  return (
    <span className="flex min-w-0 items-center gap-3 text-left">
      <Avatar name={user.name} />
      <span className="grid min-w-0">
        <span className="flex items-center gap-2 font-medium">
          <span className="truncate">{user.name}</span>
          {you ? <Badge tone="solid">{texts.you}</Badge> : null}
        </span>
        <span className="truncate text-xs text-muted-foreground">{user.email}</span>
      </span>
    </span>
  );
}

function GroupNames({ names }: { names: string[] }) {
  if (names.length === 0) return <span className="text-muted-foreground">{texts.none}</span>;
  const rest = names.length - 2;
  return (
    <span className="flex flex-wrap justify-end gap-1 sm:justify-start" title={names.join(", ")}>
      {names.slice(0, 2).map((name) => (
        <Badge key={name}>{name}</Badge>
      ))}
      {rest > 0 ? <Badge>+{rest}</Badge> : null}
    </span>
  );
}
