import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readHomeOf } from "@/app/admin/home/read-home";
import { HomePreview } from "@/components/group-home/home-preview";
import { texts } from "@/components/people/texts";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { getEngine } from "@/lib/engine";
import { listAllWidgets } from "@/lib/frames";
import { requireRole } from "@/lib/session";

type Props = PageProps<"/admin/users/[id]/home">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireRole("administrator");
  const identity = getEngine().access.directory.identity((await params).id);
  return { title: texts.homeOf(identity?.name ?? texts.aUser) };
}

export default async function UserHomePage({ params }: Props) {
  const viewer = await requireRole("administrator");
  const { id } = await params;
  const identity = getEngine().access.directory.identity(id);
  const layout = await readHomeOf(id);
  if (identity === null || layout === null) notFound();
  return (
    <>
      <PageHeader
        before={<Breadcrumb items={[{ label: texts.users, href: "/admin/users" }]} />}
        title={texts.homeOf(identity.name)}
        description={
          layout.source === "own"
            ? texts.homeArranged
            : layout.source === "group"
              ? texts.homeOfGroup(layout.group ?? "")
              : layout.source === "everyone"
                ? texts.homeOfAll
                : texts.homeGenerated
        }
      />
      <HomePreview items={layout.items} widgets={listAllWidgets(viewer)} />
    </>
  );
}
