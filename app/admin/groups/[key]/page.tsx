import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { findGroup } from "@/app/admin/groups/find-group";
import { DeleteGroupButton } from "@/components/people/delete-group-button";
import { GroupAccess } from "@/components/people/group-access";
import * as actions from "@/components/people/group-actions";
import { GroupButton } from "@/components/people/group-dialog";
import { GroupMembers } from "@/components/people/group-members";
import { texts } from "@/components/people/texts";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { getEngine } from "@/lib/engine";
import { listGroupAccess, listGroupNaming } from "@/lib/group-access";
import { requireRole } from "@/lib/session";

export async function generateMetadata({ params }: PageProps<"/admin/groups/[key]">): Promise<Metadata> {
  await requireRole("administrator");
  const { key } = await params;
  return { title: (await findGroup(key))?.name ?? key };
}

export default async function GroupPage({ params }: PageProps<"/admin/groups/[key]">) {
  await requireRole("administrator");
  const { key } = await params;
  const { access } = getEngine();
  const group = (await findGroup(key)) ?? notFound();
  const members = await access.groups.members(key);
  return (
    <>
      <PageHeader
        before={<Breadcrumb items={[{ label: texts.groups, href: "/admin/groups" }]} />}
        title={group.name}
        description={group.description || <span className="font-mono text-xs">{group.key}</span>}
        actions={
          <>
            <Button asChild>
              <Link href={`/admin/groups/${key}/home`}>{texts.homeLayout}</Link>
            </Button>
            <GroupButton action={actions.updateGroup} group={group}>
              {texts.edit}
            </GroupButton>
            <DeleteGroupButton
              group={group}
              naming={await listGroupNaming(key)}
              remove={actions.deleteGroup}
            />
          </>
        }
      />
      <div className="grid items-start gap-x-12 gap-y-10 lg:grid-cols-2">
        <GroupMembers group={group} members={members} add={actions.addMember} remove={actions.removeMember} />
        <Section title={texts.groupAccess} description={texts.groupAccessExplained}>
          <GroupAccess groupKey={key} modules={listGroupAccess(key)} change={actions.switchGroupAccess} />
        </Section>
      </div>
    </>
  );
}
