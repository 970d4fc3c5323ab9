import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { HomePreview } from "@/components/group-home/home-preview";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { getEngine } from "@/lib/engine";
import { listAllWidgets } from "@/lib/frames";
import { readHomeOf } from "@/lib/home";
import { requireRole } from "@/lib/session";

type Props = PageProps<"/admin/users/[id]/home">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireRole("administrator");
  const identity = getEngine().access.directory.identity((await params).id);
  return { title: `Home of ${identity?.name ?? "a user"}` };
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
        before={<Breadcrumb items={[{ label: "Users", href: "/admin/users" }]} />}
        title={`Home of ${identity.name}`}
        description={
          layout.source === "own"
            ? "As they arranged it themselves. What the widgets tell them is theirs alone."
            : layout.source === "group"
              ? `As the group ${layout.group} begins with. What the widgets tell them is theirs alone.`
              : layout.source === "everyone"
                ? "As everyone begins. What the widgets tell them is theirs alone."
                : "Every widget they have; nothing was arranged. What the widgets tell them is theirs alone."
        }
      />
      <HomePreview items={layout.items} widgets={listAllWidgets(viewer)} />
    </>
  );
}
