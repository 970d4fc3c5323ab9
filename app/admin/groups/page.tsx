import type { Metadata } from "next";
import Link from "next/link";
import { createGroup } from "@/components/people/group-actions";
import { GroupButton } from "@/components/people/group-dialog";
import { texts } from "@/components/people/texts";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatNumber } from "@/components/ui/format";
import { Plus, UsersRound } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { getEngine } from "@/lib/engine";
import { listGroupNaming } from "@/lib/group-access";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.groups };

export default async function GroupsPage() {
  await requireRole("administrator");
  const groups = await getEngine().access.groups.list();
  const named = new Map(
    await Promise.all(
      groups.map(async ({ key }): Promise<[string, number]> => [key, (await listGroupNaming(key)).length]),
    ),
  );
  const create = (
    <GroupButton action={createGroup}>
      <Plus aria-hidden />
      {texts.createGroup}
    </GroupButton>
  );
  return (
    <>
      <PageHeader
        title={texts.groups}
        description={texts.groupsExplained}
        actions={
          <>
            <Button asChild>
              <Link href="/admin/home">{texts.homeOfEveryone}</Link>
            </Button>
            {groups.length > 0 ? create : null}
          </>
        }
      />
      {groups.length === 0 ? (
        <EmptyState
          icon={UsersRound}
          title={texts.noGroups}
          action={create}
          className="rounded-lg border border-dashed"
        >
          {texts.noGroupsHint}
        </EmptyState>
      ) : (
        <Table label={texts.groups}>
          <TableHeader>
            <TableRow>
              <TableHead>{texts.group}</TableHead>
              <TableHead>{texts.key}</TableHead>
              <TableHead numeric>{texts.members}</TableHead>
              <TableHead numeric>{texts.referencedBy}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {groups.map((group) => (
              <TableRow key={group.id}>
                <TableCell>
                  <span className="grid min-w-0 text-left">
                    <Link href={`/admin/groups/${group.key}`} className="w-fit font-medium hover:underline">
                      {group.name}
                    </Link>
                    <span className="max-w-md truncate text-xs text-muted-foreground">
                      {group.description}
                    </span>
                  </span>
                </TableCell>
                <TableCell label={texts.key} className="font-mono text-xs text-muted-foreground">
                  {group.key}
                </TableCell>
                <TableCell label={texts.members} numeric>
                  {formatNumber(group.members)}
                </TableCell>
                <TableCell label={texts.referencedBy} numeric>
                  {formatNumber(named.get(group.key) ?? 0)}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}
