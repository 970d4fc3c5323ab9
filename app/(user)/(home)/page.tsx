import { LayoutGrid } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { resetHome, saveHome } from "@/components/home/actions";
import { HomeBoard } from "@/components/home/home-board";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { getEngine } from "@/lib/engine";
import { frameUser, listWidgets } from "@/lib/frames";
import { hasRole, requireViewer } from "@/lib/session";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const viewer = await requireViewer();
  const title = `Hello, ${viewer.name.split(" ")[0]}`;
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
      <EmptyState icon={LayoutGrid} title="Nothing here yet" className="rounded-lg border border-dashed">
        Widgets appear here as soon as an administrator gives you one. Nothing to reload, nothing to set up.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={LayoutGrid}
      title="No widgets for you yet"
      className="rounded-lg border border-dashed"
      action={
        <>
          <Button asChild variant="primary">
            <Link href="/admin/marketplace">Open the marketplace</Link>
          </Button>
          <Button asChild>
            <Link href="/admin/modules">Installed modules</Link>
          </Button>
        </>
      }
    >
      Install a module that brings a widget, or give yourself one of an installed module.
    </EmptyState>
  );
}
