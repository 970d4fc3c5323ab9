import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { findGroup } from "@/app/admin/groups/find-group";
import { readHomeFor, readHomeOf } from "@/app/admin/home/read-home";
import { saveGroupHome } from "@/components/group-home/actions";
import { GroupHome } from "@/components/group-home/group-home";
import { HomePreview } from "@/components/group-home/home-preview";
import { texts } from "@/components/group-home/texts";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { QuerySelect } from "@/components/ui/query-select";
import { Section } from "@/components/ui/section";
import { getEngine } from "@/lib/engine";
import { listAllWidgets } from "@/lib/frames";
import { oneOf } from "@/lib/search-params";
import { requireRole } from "@/lib/session";

export async function generateMetadata({ params }: PageProps<"/admin/groups/[key]/home">): Promise<Metadata> {
  await requireRole("administrator");
  const { key } = await params;
  return { title: texts.homeOf((await findGroup(key))?.name ?? key) };
}

export default async function GroupHomePage({ params, searchParams }: PageProps<"/admin/groups/[key]/home">) {
  const viewer = await requireRole("administrator");
  const { key } = await params;
  const { groups } = getEngine().access;
  const group = (await findGroup(key)) ?? notFound();
  const widgets = listAllWidgets(viewer);
  const [home, members] = await Promise.all([readHomeFor({ group: key }), groups.members(key)]);
  const as = oneOf((await searchParams).as);
  const preview = as === undefined ? home.shown : await readHomeOf(as);
  return (
    <>
      <PageHeader
        before={
          <Breadcrumb
            items={[
              { label: texts.groups, href: "/admin/groups" },
              { label: group.name, href: `/admin/groups/${key}` },
            ]}
          />
        }
        title={texts.homeOf(group.name)}
        description={texts.homeOfGroupExplained}
      />
      <div className="grid grid-cols-1 gap-10">
        <GroupHome
          key={JSON.stringify(home.arranged)}
          audience={group.name}
          arranged={home.arranged}
          generated={home.generated}
          widgets={widgets}
          missing={home.missing}
          save={saveGroupHome.bind(null, key)}
        />
        <Section
          title={texts.preview}
          description={texts.previewOfGroupExplained}
          actions={
            <QuerySelect
              name="as"
              label={texts.previewAs}
              any={texts.newMember}
              options={members.map(({ id, name }) => ({ value: id, label: name }))}
            />
          }
        >
          <HomePreview items={preview?.items ?? []} widgets={widgets} />
        </Section>
      </div>
    </>
  );
}
