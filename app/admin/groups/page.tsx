import { Plus, UsersRound } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { createGroup } from "@/components/people/group-actions";
import { GroupButton } from "@/components/people/group-dialog";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatNumber } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { getEngine } from "@/lib/engine";
import { listGroupNaming } from "@/lib/group-access";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: "Groups" };

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
      Create group
    </GroupButton>
  );
  return (
    <>
      <PageHeader
        title="Groups"
        description="People who get the same modules and widgets."
        actions={
          <>
            <Button asChild>
              <Link href="/admin/home">Home of everyone</Link>
            </Button>
            {groups.length > 0 ? create : null}
          </>
        }
      />
      {groups.length === 0 ? (
        <EmptyState
          icon={UsersRound}
          title="No groups yet"
          action={create}
          className="rounded-lg border border-dashed"
        >
          Put people into a group, then give modules and widgets to the group.
        </EmptyState>
      ) : (
        <Table label="Groups">
          <TableHeader>
            <TableRow>
              <TableHead>Group</TableHead>
              <TableHead>Key</TableHead>
              <TableHead numeric>Members</TableHead>
              <TableHead numeric>What names it</TableHead>
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
                <TableCell label="Key" className="font-mono text-xs text-muted-foreground">
                  {group.key}
                </TableCell>
                <TableCell label="Members" numeric>
                  {formatNumber(group.members)}
                </TableCell>
                <TableCell label="What names it" numeric>
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
