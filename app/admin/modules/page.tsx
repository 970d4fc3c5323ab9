import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { readHistories } from "@/app/admin/read-histories";
import { readModules } from "@/app/admin/read-modules";
import { accessWords } from "@/components/access/access-words";
import { ModuleTable } from "@/components/module/module-table";
import { NoModules } from "@/components/module/no-modules";
import { texts } from "@/components/module/texts";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { Button } from "@/components/ui/button";
import { Boxes } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { RowsSkeleton } from "@/components/ui/skeleton";
import { UpgradeAllButton } from "@/components/upgrades/upgrade-all-button";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.installedModules };

export default async function ModulesPage() {
  await requireRole("operator");
  const upgrades = (await getEngine().upgrades.available()).length;
  return (
    <>
      <LiveRefresh everyMs={15_000} />
      <PageHeader
        title={texts.installedModules}
        description={texts.description}
        actions={
          <>
            {upgrades > 0 && <UpgradeAllButton count={upgrades} />}
            <Button asChild variant="primary">
              <Link href="/admin/marketplace">{texts.installMore}</Link>
            </Button>
          </>
        }
      />
      <Suspense fallback={<RowsSkeleton rows={6} />}>
        <Content />
      </Suspense>
    </>
  );
}

async function Content() {
  const { access, flags, upgrades } = getEngine();
  const modules = readModules();
  const names = modules.map((module) => module.name);
  const [histories, groups, available] = await Promise.all([
    readHistories(names, 48),
    access.groups.list(),
    upgrades.available(),
  ]);
  const latest = new Map(available.map((upgrade) => [upgrade.module, upgrade.to]));
  return (
    <>
      {modules.length === 0 ? (
        <NoModules icon={Boxes}>{texts.chooseFirstModule}</NoModules>
      ) : (
        <ModuleTable
          modules={modules.map((module) => {
            return {
              ...module,
              upgrade: latest.get(module.name) ?? null,
              access: accessWords(flags.getAccess(module.name) ?? { mode: "nobody" }, groups),
              memory: (histories.get(module.name)?.points ?? []).map((point) => point.rssMb),
            };
          })}
        />
      )}
    </>
  );
}
