import type { Metadata } from "next";
import Link from "next/link";
import { resetHome, saveHome } from "@/components/home/actions";
import { HomeBoard } from "@/components/home/home-board";
import { texts } from "@/components/home/texts";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LayoutGrid } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { getEngine } from "@/lib/engine";
import { frameUser, listWidgets } from "@/lib/frames";
import { hasRole, requireViewer } from "@/lib/session";

export const metadata: Metadata = { title: texts.home };

export default async function HomePage() {
  const viewer = await requireViewer();
  const title = texts.hello(viewer.name.split(" ")[0] ?? viewer.name);
  const widgets = listWidgets(viewer);
  if (widgets.length === 0) {
    return (
      <Page>
        <PageHeader title={title} />
        <NoWidgets mayInstall={hasRole(viewer, "operator")} />
      </Page>
    );
  }
  const layout = await getEngine().home.layoutFor(viewer);
  return (
    <Page>
      <HomeBoard
        title={title}
        layout={layout}
        widgets={widgets}
        user={frameUser(viewer)}
        save={saveHome}
        reset={resetHome}
      />
    </Page>
  );
}

function NoWidgets({ mayInstall }: { mayInstall: boolean }) {
  if (!mayInstall) {
    return (
      <EmptyState icon={LayoutGrid} title={texts.nothingYet} className="rounded-lg border border-dashed">
        {texts.nothingYetHint}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={LayoutGrid}
      title={texts.noWidgets}
      className="rounded-lg border border-dashed"
      action={
        <>
          <Button asChild variant="primary">
            <Link href="/admin/marketplace">{texts.openMarketplace}</Link>
          </Button>
          <Button asChild>
            <Link href="/admin/modules">{texts.installedModules}</Link>
          </Button>
        </>
      }
    >
      {texts.noWidgetsHint}
    </EmptyState>
  );
}
