import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { readHistories } from "@/app/admin/read-histories";
import { readModules } from "@/app/admin/read-modules";
import { ModuleHealthTable } from "@/components/health/module-health-table";
import { NoModules } from "@/components/module/no-modules";
import { OperationStatusLabel } from "@/components/operation/operation-status";
import { Figures } from "@/components/overview/figures";
import { texts } from "@/components/overview/texts";
import { Verdict } from "@/components/overview/verdict";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { formatMb, formatNumber } from "@/components/ui/format";
import { Boxes } from "@/components/ui/icons";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { RowsSkeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";
import { readConcerns } from "./read-concerns";

export const metadata: Metadata = { title: texts.overview };

export default async function OverviewPage() {
  await requireRole("operator");
  return (
    <>
      <LiveRefresh everyMs={10_000} />
      <PageHeader title={texts.overview} />
      <Suspense fallback={<RowsSkeleton rows={8} />}>
        <Content />
      </Suspense>
    </>
  );
}

async function Content() {
  const { install, registry } = getEngine();
  const modules = readModules();
  const [concerns, histories, operations, generations] = await Promise.all([
    readConcerns(modules),
    readHistories(
      modules.map((module) => module.name),
      96,
    ),
    install.operations.list({ limit: 6 }),
    install.generations.list({ limit: 1 }),
  ]);
  const [generation] = generations.items;
  const points = [...histories.values()].flatMap((history) => history.points);
  const requests = points.reduce((sum, point) => sum + point.requests, 0);
  const errors = points.reduce((sum, point) => sum + point.errors, 0);
  const running = modules.filter((module) => module.rssMb !== null);
  const memory = running.reduce((sum, module) => sum + (module.rssMb ?? 0), 0);
  return (
    <div className="grid grid-cols-1 gap-8">
      <Verdict concerns={concerns} modules={modules.length} />
      <Figures
        items={[
          {
            name: texts.modules,
            value: formatNumber(modules.length),
            detail: texts.processesRunning(running.length),
            href: "/admin/modules",
          },
          {
            name: texts.generation,
            value: registry.generation(),
            detail: generation ? <Time value={generation.createdAt} /> : texts.nothingInstalledYet,
            href: "/admin/history",
          },
          {
            name: texts.moduleRequests,
            value: formatNumber(requests),
            detail: errors === 0 ? texts.noneFailed : texts.failed(errors),
            href: "/admin/health",
          },
          {
            name: texts.moduleMemory,
            value: formatMb(memory),
            detail: texts.residentNow,
            href: "/admin/health",
          },
        ]}
      />
      <Section title={texts.modules} actions={<MoreLink href="/admin/health" label={texts.health} />}>
        {modules.length === 0 ? (
          <NoModules icon={Boxes}>{texts.chooseFirstModule}</NoModules>
        ) : (
          <ModuleHealthTable
            modules={modules.map((module) => {
              const history = histories.get(module.name);
              return { ...module, points: history?.points ?? [], uptime: history?.uptime ?? null };
            })}
          />
        )}
      </Section>
      <Section
        title={texts.recentOperations}
        actions={<MoreLink href="/admin/operations" label={texts.allOperations} />}
      >
        {operations.items.length === 0 ? (
          <p className="text-muted-foreground">{texts.noOperations}</p>
        ) : (
          <ul className="divide-y">
            {operations.items.map((operation) => (
              <li key={operation.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
                <Link
                  href={`/admin/operations/${operation.id}`}
                  className="min-w-0 flex-1 basis-60 truncate font-medium underline-offset-4 hover:underline"
                >
                  {operation.title}
                </Link>
                <OperationStatusLabel status={operation.status} />
                <span className="w-full text-muted-foreground sm:w-56 sm:text-right">
                  {operation.actorName}, <Time value={operation.startedAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}

function MoreLink({ href, label }: { href: string; label: string }) {
  return (
    <Link href={href} className="rounded-sm text-primary underline-offset-4 hover:underline">
      {label}
    </Link>
  );
}
