import type { Metadata } from "next";
import { Suspense } from "react";
import { readHistories } from "@/app/admin/read-histories";
import { readModules } from "@/app/admin/read-modules";
import { AttentionList } from "@/components/attention/attention-list";
import { texts as attentionTexts } from "@/components/attention/texts";
import { EventList } from "@/components/health/event-list";
import { ModuleHealthTable } from "@/components/health/module-health-table";
import { texts } from "@/components/health/texts";
import { NoModules } from "@/components/module/no-modules";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { HeartPulse } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { RowsSkeleton } from "@/components/ui/skeleton";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";

export const metadata: Metadata = { title: texts.health };

export default async function HealthPage() {
  const viewer = await requireRole("operator");
  return (
    <>
      <LiveRefresh everyMs={10_000} />
      <PageHeader title={texts.health} description={texts.description} />
      <Suspense>
        <NeedsAttention mayDismiss={viewer.role === "administrator"} />
      </Suspense>
      <Suspense fallback={<RowsSkeleton rows={6} />}>
        <Content />
      </Suspense>
    </>
  );
}

async function NeedsAttention({ mayDismiss }: { mayDismiss: boolean }) {
  const entries = await getEngine().install.attention.list();
  if (entries.length === 0) return null;
  return (
    <Section
      id="attention"
      title={attentionTexts.needsAttention}
      description={attentionTexts.description}
      className="mb-8"
    >
      <AttentionList entries={entries} mayDismiss={mayDismiss} />
    </Section>
  );
}

async function Content() {
  const modules = readModules();
  const [histories, events] = await Promise.all([
    readHistories(
      modules.map((module) => module.name),
      96,
    ),
    getEngine().health.events({ limit: 30 }),
  ]);
  return (
    <>
      {modules.length === 0 ? (
        <NoModules icon={HeartPulse}>{texts.empty}</NoModules>
      ) : (
        <div className="grid grid-cols-1 gap-8">
          <ModuleHealthTable
            modules={modules.map((module) => {
              const history = histories.get(module.name);
              return { ...module, points: history?.points ?? [], uptime: history?.uptime ?? null };
            })}
          />
          <Section title={texts.events}>
            {events.length === 0 ? (
              <p className="text-muted-foreground">{texts.noEvents}</p>
            ) : (
              <EventList events={events} showModule />
            )}
          </Section>
        </div>
      )}
    </>
  );
}
