import { readModule } from "@/app/admin/read-modules";
import { EventList } from "@/components/health/event-list";
import { Figure } from "@/components/health/figure";
import { RestartButton } from "@/components/health/restart-button";
import { texts as health } from "@/components/health/texts";
import { TimeLimitForm } from "@/components/health/time-limit-form";
import { UptimeStrip } from "@/components/health/uptime-strip";
import { ModuleStateLabel } from "@/components/module/module-state";
import { texts } from "@/components/module/texts";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { formatMb, formatMs, formatNumber, formatShare, sentence } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Sparkline } from "@/components/ui/sparkline";
import { Time } from "@/components/ui/time";
import type { InstalledModule } from "@/engine/supply/installed/index.ts";
import { getEngine } from "@/lib/engine";
import { hasRole, requireRole } from "@/lib/session";

export async function HealthTab({ module }: { module: InstalledModule }) {
  const viewer = await requireRole("operator");
  const engine = getEngine();
  const view = readModule(module);
  if (view.state === "static") {
    return <p className="text-muted-foreground">{texts.noProcessHealth(module.title)}</p>;
  }
  const [{ points, uptime }, events] = await Promise.all([
    engine.health.history(module.name, { hours: 24, buckets: 96 }),
    engine.health.events({ module: module.name, limit: 20 }),
  ]);
  const slowest = Math.max(view.latencyMs ?? 0, ...points.map((point) => point.latencyMsMax ?? 0));
  const requests = points.reduce((sum, point) => sum + point.requests, 0);
  const errors = points.reduce((sum, point) => sum + point.errors, 0);
  const largest = Math.max(view.rssMb ?? 0, ...points.map((point) => point.rssMb ?? 0));
  return (
    <div className="grid grid-cols-1 gap-8">
      <LiveRefresh everyMs={5_000} />
      <Section
        title={texts.now}
        actions={<RestartButton module={module.name} title={module.title} />}
        description={
          <span className="flex flex-wrap items-center gap-x-2">
            <ModuleStateLabel state={view.state} />
            {view.since !== null && <span>{texts.since(<Time value={view.since} />)}</span>}
            <span>{texts.restartCount(view.restarts)}</span>
          </span>
        }
      >
        {view.message !== null && <p className="break-words">{sentence(view.message)}</p>}
      </Section>
      <Section title={texts.lastDay}>
        <div className="grid divide-y sm:grid-cols-2 sm:gap-y-6 sm:divide-y-0 lg:grid-cols-4 lg:divide-x">
          <Figure name={texts.uptime} value={uptime === null ? "–" : formatShare(uptime)}>
            <UptimeStrip points={points} uptime={uptime} />
          </Figure>
          <Figure
            name={texts.latency}
            value={view.latencyMs === null ? "–" : formatMs(view.latencyMs)}
            detail={texts.slowest(slowest)}
          >
            <Sparkline
              className="w-full"
              values={points.map((point) => point.latencyMsP50)}
              label={texts.latencyChart(slowest)}
            />
          </Figure>
          <Figure
            name={texts.memory}
            value={view.rssMb === null ? "–" : formatMb(view.rssMb)}
            detail={texts.peak(largest)}
          >
            <Sparkline
              className="w-full"
              values={points.map((point) => point.rssMb)}
              label={texts.memoryChart(largest)}
            />
          </Figure>
          <Figure
            name={texts.requests}
            value={formatNumber(requests)}
            detail={errors === 0 ? texts.noneFailed : texts.failed(errors)}
          >
            <Sparkline
              className="w-full"
              values={points.map((point) => point.requests)}
              label={texts.requestsChart(requests, errors)}
            />
          </Figure>
        </div>
      </Section>
      <Section title={health.timeLimit} description={health.timeLimitDescription}>
        <TimeLimitForm
          key={module.timeoutMs ?? null}
          module={module.name}
          title={module.title}
          timeoutMs={module.timeoutMs ?? null}
          mayChange={hasRole(viewer, "administrator")}
        />
      </Section>
      <Section title={texts.events}>
        {events.length === 0 ? (
          <p className="text-muted-foreground">{texts.noEvents}</p>
        ) : (
          <EventList events={events} />
        )}
      </Section>
    </div>
  );
}
