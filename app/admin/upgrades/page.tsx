import type { Metadata } from "next";
import { Suspense } from "react";
import { readModules } from "@/app/admin/read-modules";
import { NoModules } from "@/components/module/no-modules";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { CircleCheck } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { RowsSkeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { PolicyForm } from "@/components/upgrades/policy-form";
import { RunList } from "@/components/upgrades/run-list";
import { texts } from "@/components/upgrades/texts";
import { UpgradeAllButton } from "@/components/upgrades/upgrade-all-button";
import { UpgradeTable } from "@/components/upgrades/upgrade-table";
import { WindowText } from "@/components/upgrades/window-text";
import { getEngine } from "@/lib/engine";
import { hasRole, requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.upgrades };

export default async function UpgradesPage() {
  const viewer = await requireRole("operator");
  const { upgrades } = getEngine();
  const available = await upgrades.available();
  return (
    <>
      <LiveRefresh everyMs={15_000} />
      <PageHeader
        title={texts.upgrades}
        description={summarise(available.length)}
        actions={available.length > 0 && <UpgradeAllButton variant="primary" count={available.length} />}
      />
      <Suspense fallback={<RowsSkeleton rows={6} />}>
        <Content available={available} mayChange={hasRole(viewer, "administrator")} />
      </Suspense>
    </>
  );
}

function summarise(available: number): string {
  if (available > 0) return texts.upgradesAvailable(available);
  return getEngine().registry.list().length === 0 ? texts.nothingInstalled : texts.allUpToDate;
}

type Available = Awaited<ReturnType<ReturnType<typeof getEngine>["upgrades"]["available"]>>;

async function Content({ available, mayChange }: { available: Available; mayChange: boolean }) {
  const { upgrades } = getEngine();
  const [policy, runs, unsupported] = await Promise.all([
    upgrades.policy(),
    upgrades.runs(10),
    upgrades.unsupported(),
  ]);
  const { enabled, level, days, from, to, timeZone, excluded } = policy;
  const byName = new Map(available.map((upgrade) => [upgrade.module, upgrade]));
  const modules = readModules().map(({ name, title, icon, version }) => {
    const upgrade = byName.get(name);
    return {
      ...{ module: name, title, icon, version, excluded: excluded.includes(name) },
      to: upgrade?.to ?? null,
      level: upgrade?.level ?? null,
      unsupported: unsupported.find(({ module }) => module === name) ?? null,
    };
  });
  return (
    <div className="grid grid-cols-1 gap-8">
      {modules.length === 0 ? (
        <NoModules icon={CircleCheck}>{texts.empty}</NoModules>
      ) : (
        <Section title={texts.modules}>
          <UpgradeTable
            mayChange={mayChange}
            modules={modules.sort((a, b) => Number(a.to === null) - Number(b.to === null))}
          />
        </Section>
      )}
      <Section title={texts.automaticUpgrades} description={texts.automaticUpgradesDescription}>
        {policy.open && (
          <Notice title={texts.windowOpen}>
            <WindowText {...policy.open} timeZone={timeZone} />
          </Notice>
        )}
        {policy.next && (
          <p>
            {texts.nextWindow(
              <WindowText {...policy.next} timeZone={timeZone} />,
              <Time value={policy.next.start} />,
            )}
          </p>
        )}
        <PolicyForm
          // Somebody else's change begins the form anew; one of a module's switch does not.
          key={JSON.stringify([enabled, level, days, from, to, timeZone])}
          mayChange={mayChange}
          revision={policy.revision}
          untouched={policy.updatedAt === null}
          policy={{ enabled, level, days: inWeekOrder(days), from, to, timeZone }}
        />
      </Section>
      <Section title={texts.recentRuns}>
        {runs.length === 0 ? (
          <p className="text-muted-foreground">{texts.noRuns}</p>
        ) : (
          <RunList runs={runs} />
        )}
      </Section>
    </div>
  );
}

const week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const inWeekOrder = (days: readonly string[]) => week.filter((day) => days.includes(day));
