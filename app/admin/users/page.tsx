import type { Metadata } from "next";
import Link from "next/link";
import { InviteButton } from "@/components/people/invite-button";
import { texts } from "@/components/people/texts";
import {
  createPasswordLink,
  deleteUser,
  disableUser,
  enableUser,
  inviteUser,
  updateUser,
} from "@/components/people/user-actions";
import { UserFilters } from "@/components/people/user-filters";
import { UserTable } from "@/components/people/user-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { UserPlus, Users } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { getEngine } from "@/lib/engine";
import { oneOf, withQuery } from "@/lib/search-params";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.users };

export default async function UsersPage({ searchParams }: PageProps<"/admin/users">) {
  const viewer = await requireRole("administrator");
  const search = await searchParams;
  const query = oneOf(search.query);
  const group = oneOf(search.group);
  const cursor = oneOf(search.cursor);
  const { access } = getEngine();
  const [page, groups] = await Promise.all([
    access.users.list({
      limit: 50,
      ...(query && { query }),
      ...(group && { group }),
      ...(cursor && { cursor }),
    }),
    access.groups.list(),
  ]);
  const choices = groups.map(({ key, name }) => ({ key, name }));
  return (
    <>
      <PageHeader
        title={texts.users}
        description={texts.usersExplained}
        actions={
          <InviteButton groups={choices} invite={inviteUser}>
            <UserPlus aria-hidden />
            {texts.invite}
          </InviteButton>
        }
      />
      <UserFilters groups={choices} />
      {page.items.length > 0 ? (
        <UserTable
          users={page.items}
          groups={choices}
          viewerId={viewer.userId}
          actions={{ updateUser, disableUser, enableUser, createPasswordLink, deleteUser }}
        />
      ) : (
        <EmptyState icon={Users} title={texts.nobodyMatches}>
          {texts.nobodyMatchesHint}
        </EmptyState>
      )}
      <nav aria-label={texts.pages} className="mt-4 flex justify-end gap-2">
        {cursor ? (
          <Button asChild size="sm">
            <Link href={withQuery("/admin/users", { query, group })}>{texts.backToFirst}</Link>
          </Button>
        ) : null}
        {page.nextCursor ? (
          <Button asChild size="sm">
            <Link href={withQuery("/admin/users", { query, group, cursor: page.nextCursor })}>
              {texts.next}
            </Link>
          </Button>
        ) : null}
      </nav>
    </>
  );
}
