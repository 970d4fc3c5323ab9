import type { Metadata } from "next";
import { readHomeFor } from "@/app/admin/home/read-home";
import { saveHomeOfEveryone } from "@/components/group-home/actions";
import { GroupHome } from "@/components/group-home/group-home";
import { HomePreview } from "@/components/group-home/home-preview";
import { texts } from "@/components/group-home/texts";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { listAllWidgets } from "@/lib/frames";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.homeOfEveryone };

export default async function HomeOfEveryonePage() {
  const viewer = await requireRole("administrator");
  const widgets = listAllWidgets(viewer);
  const home = await readHomeFor("everyone");
  return (
    <>
      <PageHeader
        before={<Breadcrumb items={[{ label: texts.groups, href: "/admin/groups" }]} />}
        title={texts.homeOfEveryone}
        description={texts.homeOfEveryoneExplained}
      />
      <div className="grid grid-cols-1 gap-10">
        <GroupHome
          key={JSON.stringify(home.arranged)}
          audience={null}
          arranged={home.arranged}
          generated={home.generated}
          widgets={widgets}
          missing={home.missing}
          save={saveHomeOfEveryone}
        />
        <Section title={texts.preview} description={texts.previewExplained}>
          <HomePreview items={home.shown.items} widgets={widgets} />
        </Section>
      </div>
    </>
  );
}
