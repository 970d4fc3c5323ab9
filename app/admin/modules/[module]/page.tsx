import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { opensFor, readModule } from "@/app/admin/read-modules";
import { ModuleStateLabel } from "@/components/module/module-state";
import { texts } from "@/components/module/texts";
import { UninstallDialog } from "@/components/module/uninstall-dialog";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { ModuleIcon } from "@/components/ui/module-icon";
import { PageHeader } from "@/components/ui/page-header";
import { RowsSkeleton } from "@/components/ui/skeleton";
import { TabLinks } from "@/components/ui/tab-links";
import type { InstalledModule } from "@/engine/supply/installed/index.ts";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";
import { AccessTab } from "./access-tab";
import { DataTab } from "./data-tab";
import { HealthTab } from "./health-tab";
import { LogsTab } from "./logs-tab";
import { OverviewTab } from "./overview-tab";
import { SettingsTab } from "./settings-tab";

interface Props {
  params: Promise<{ module: string }>;
  searchParams: Promise<{ tab?: string }>;
}

const tabs = [
  { id: "overview", label: texts.overview, Content: OverviewTab },
  { id: "access", label: texts.access, Content: AccessTab },
  { id: "settings", label: texts.settings, Content: SettingsTab },
  { id: "health", label: texts.health, Content: HealthTab },
  { id: "logs", label: texts.logs, Content: LogsTab },
  { id: "data", label: texts.data, Content: DataTab },
];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireRole("operator");
  const { module } = await params;
  return { title: getEngine().registry.get(module)?.title ?? module };
}

export default async function ModulePage({ params, searchParams }: Props) {
  const viewer = await requireRole("operator");
  const module = getEngine().registry.get((await params).module) ?? notFound();
  const { tab } = await searchParams;
  const view = readModule(module);
  const opens = opensFor(viewer, module);
  const shown = tabs.filter(({ id }) => id !== "settings" || hasSettings(module));
  const Content = (shown.find(({ id }) => id === tab) ?? shown[0])?.Content ?? OverviewTab;
  return (
    <>
      <PageHeader
        before={<Breadcrumb items={[{ label: texts.installedModules, href: "/admin/modules" }]} />}
        icon={<ModuleIcon src={view.icon} title={view.title} className="size-12" />}
        title={view.title}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <ModuleStateLabel state={view.state} />
            <span className="tabular">{view.version}</span>
            <span>{texts.byPublisher(view.publisher)}</span>
          </span>
        }
        actions={
          <>
            <UninstallDialog
              module={module.name}
              title={module.title}
              hasData={module.manifest.database !== undefined}
            />
            {opens !== null && (
              <Button asChild variant="primary">
                <Link href={opens}>{texts.open}</Link>
              </Button>
            )}
          </>
        }
      />
      <div className="grid grid-cols-1 gap-6">
        <TabLinks label={texts.sections} tabs={shown.map(({ id, label }) => ({ id, label }))} />
        <Suspense key={tab} fallback={<RowsSkeleton />}>
          <Content module={module} />
        </Suspense>
      </div>
    </>
  );
}

function hasSettings({ manifest }: InstalledModule): boolean {
  return Object.keys(manifest.config?.properties ?? {}).length > 0;
}
